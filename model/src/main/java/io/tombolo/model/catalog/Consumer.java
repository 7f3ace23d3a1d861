package io.tombolo.model.catalog;

import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.SpiffeId;
import java.util.Optional;

/**
 * Who may call an export. Every part that is present must fit the caller.
 * @param cluster   the caller's cluster
 * @param namespace the caller's namespace
 * @param id        the caller's exact SPIFFE id
 */
public record Consumer(Optional<ClusterId> cluster, Optional<String> namespace, Optional<SpiffeId> id) {
    /** Any workload of any member. */
    public static final Consumer ANYONE = new Consumer(Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * Whether {@code caller} is meant.
     * @param callerCluster the member that the caller's trust domain is bound to
     */
    public boolean admits(SpiffeId caller, ClusterId callerCluster) {
        return cluster.map(callerCluster::equals).orElse(true)
                && namespace.map(caller.namespace()::equals).orElse(true)
                && id.map(caller::equals).orElse(true);
    }
}
