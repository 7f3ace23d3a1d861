package io.tombolo.dataplane.terminate;

import io.tombolo.dataplane.hello.Refusal;
import java.time.Duration;

/**
 * Limits of one connection that ends here; the same as those of one that is passed through.
 * @param refusal   how it is refused
 * @param instances tried for one connection; 1 to 10
 * @param relayIdle it is closed when nothing moves for longer
 * @param relayFlush what is left when it has ended may take so long to be taken
 * @param handover  how long each part of handing a caller over may take
 */
public record TerminateSettings(
        Refusal refusal, int instances, Duration relayIdle, Duration relayFlush, Duration handover) {}
