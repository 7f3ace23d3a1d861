package io.tombolo.controller.identity;

import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationId;
import io.tombolo.model.name.FederationName;
import io.tombolo.model.name.TrustDomain;

/**
 * This cluster's place in its federation, as kept on disk.
 * @param epoch     of this admission, 1 or more
 * @param authority whether it holds an authority key
 * @param ended     that it left or was evicted; its keys are dead then
 */
public record Membership(
        ClusterId cluster,
        FederationName federation,
        FederationId federationId,
        long epoch,
        TrustDomain trustDomain,
        boolean authority,
        Ended ended) {
    /** Whether and how it ended. */
    public enum Ended {
        NO,
        LEFT,
        EVICTED
    }

    /** The same, ended. */
    public Membership ended(Ended how) {
        return new Membership(cluster, federation, federationId, epoch, trustDomain, authority, how);
    }

    public boolean active() {
        return ended == Ended.NO;
    }
}
