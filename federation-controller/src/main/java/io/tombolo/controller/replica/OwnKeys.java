package io.tombolo.controller.replica;

import io.tombolo.wire.replica.Keys;
import io.tombolo.wire.replica.Prove;
import io.tombolo.wire.replica.Vouched;
import java.util.Optional;

/** The private keys of a replica that stands by, and what others know them by. Blocks on the disk. */
public interface OwnKeys {
    /** What the leader is to vouch for; empty while this cluster is no member, and once all is there. */
    Optional<Keys> wanted();

    /** Proves that it has its key. @throws io.tombolo.model.fault.TomboloException REPLICA_REFUSED if it is for other keys */
    byte[] prove(Prove asked);

    /** @throws io.tombolo.model.fault.TomboloException if it does not fit the keys */
    void keep(Vouched vouched);

    /** Whether this replica could lead with what it has. */
    boolean complete();
}
