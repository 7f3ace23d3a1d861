package io.tombolo.controller.replica;

import io.tombolo.wire.replica.Keys;
import io.tombolo.wire.replica.Prove;
import io.tombolo.wire.replica.Vouched;
import java.util.function.Function;

/** On the leader: makes others know the keys of a replica. Blocks for the authority's answer. */
@FunctionalInterface
public interface Vouches {
    /**
     * Vouches for them; may be repeated.
     * @param replica its name
     * @param proof   has the replica sign by its record-signing key
     * @throws io.tombolo.model.fault.TomboloException NOT_JOINED, or what the authority refuses with
     */
    Vouched vouch(String replica, Keys keys, Function<Prove, byte[]> proof);
}
