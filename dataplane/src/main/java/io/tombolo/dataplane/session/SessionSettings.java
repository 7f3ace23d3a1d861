package io.tombolo.dataplane.session;

import io.tombolo.dataplane.hello.HelloLimits;
import io.tombolo.dataplane.hello.Refusal;
import io.tombolo.dataplane.relay.RelayLimits;
import io.tombolo.model.setting.Setting;
import java.time.Duration;

/**
 * Limits of one connection.
 * @param hello     how large and slow its ClientHello may be
 * @param refusal   how it is refused
 * @param relayIdle it is closed when nothing moves for longer; 1 s to 7 days
 * @param relayFlush what is left when it has ended may take so long to be taken; 100 ms to 10 min
 * @param splice    whether large transfers go from socket to socket inside the kernel, where it can do that
 */
public record SessionSettings(
        HelloLimits hello, Refusal refusal, Duration relayIdle, Duration relayFlush, boolean splice) {
    /** An hour of silence is a lost peer; applications that keep quiet for longer send keep-alives. */
    public static final SessionSettings DEFAULT = new SessionSettings(
            HelloLimits.DEFAULT, Refusal.DEFAULT, Duration.ofHours(1), RelayLimits.USUAL_FLUSH, true);

    public SessionSettings {
        boolean inRange =
                relayIdle.compareTo(Duration.ofSeconds(1)) >= 0 && relayIdle.compareTo(Duration.ofDays(7)) <= 0;
        Setting.check(inRange, "relay.idle", relayIdle, "1s to 7 days");
        Setting.check(
                relayFlush.toMillis() >= 100 && relayFlush.toMinutes() <= 10,
                "relay.flush-timeout",
                relayFlush,
                "100ms to 10m");
    }
}
