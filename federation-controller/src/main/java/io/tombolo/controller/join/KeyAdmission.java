package io.tombolo.controller.join;

import io.tombolo.trustbundle.key.Ed25519PublicKey;
import java.util.List;

/** How this cluster's record-signing keys become others in the members log. */
interface KeyAdmission {
    /** The keys that the members, as they were read here, list for this cluster. */
    List<Ed25519PublicKey> listed();

    /**
     * Makes {@code wanted} the keys of this cluster. What the authority signed is on disk when this returns: the next start
     * must know the key that it signs with.
     * @param proofs that this cluster wants them, and that it has those that are new
     * @return the member's version
     * @throws io.tombolo.model.fault.TomboloException KEY_STILL_USED, PROOF_INVALID, ENROLMENT_UNREACHABLE and others
     */
    long change(List<Ed25519PublicKey> wanted, KeyProofs proofs);

    /** Whether every other member that is heard of now knows the members as this cluster does. */
    boolean heardByOthers();
}
