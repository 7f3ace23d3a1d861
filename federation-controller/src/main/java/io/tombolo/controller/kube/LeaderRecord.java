package io.tombolo.controller.kube;

import java.util.Optional;

/** The one place that says which replica leads; written only by who knows what stands there. Blocks for seconds at most. */
public interface LeaderRecord extends AutoCloseable {
    /** @param version what a write must name */
    record Held(LeaderClaim claim, String version) {}

    /** What stands there; empty if nothing was ever written. @throws io.tombolo.model.fault.TomboloException KUBERNETES_UNREACHABLE */
    Optional<Held> read();

    /**
     * Writes {@code next} if what stands there is still {@code known}.
     * @param known empty: nothing stands there
     * @return what stands there now; empty if somebody else wrote in between
     * @throws io.tombolo.model.fault.TomboloException KUBERNETES_UNREACHABLE: whether it was written is not known
     */
    Optional<Held> write(Optional<Held> known, LeaderClaim next);

    @Override
    void close();
}
