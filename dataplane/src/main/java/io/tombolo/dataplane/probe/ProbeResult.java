package io.tombolo.dataplane.probe;

import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.fault.Fault;
import java.util.Optional;

/**
 * What a probe knows.
 * @param health   UNKNOWN until the first attempt has ended
 * @param draining what the gateway said in its last answer
 * @param why      the last failure; empty while UP
 */
public record ProbeResult(PathHealth health, boolean draining, Optional<Fault> why) {
    /** Whether the connection was open and nothing came back: what others sent by that way is not answered either. */
    public boolean isSilent() {
        return why.equals(Optional.of(Fault.PATH_SILENT));
    }
}
