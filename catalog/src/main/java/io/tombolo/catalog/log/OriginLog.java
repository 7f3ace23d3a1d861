package io.tombolo.catalog.log;

import io.tombolo.catalog.audit.AuditChain;
import io.tombolo.catalog.health.OriginHealth;
import io.tombolo.catalog.origin.OriginState;
import io.tombolo.model.name.ClusterId;
import java.util.Optional;

/** What one cluster wrote into its own topics. Immutable. */
public record OriginLog(OriginState catalog, OriginHealth health, AuditChain audit) {
    static OriginLog of(ClusterId cluster) {
        return new OriginLog(OriginState.of(cluster), OriginHealth.UNKNOWN, AuditChain.EMPTY);
    }

    /** What of it belongs to an epoch: nothing if the catalog does not, and no health that another epoch said. */
    Optional<OriginLog> inEpoch(long epoch) {
        if (catalog.position().epoch() != epoch) {
            return Optional.empty();
        }
        return Optional.of(health.position().epoch() == epoch ? this : with(OriginHealth.UNKNOWN));
    }

    OriginLog with(OriginState next) {
        return new OriginLog(next, health, audit);
    }

    OriginLog with(OriginHealth next) {
        return new OriginLog(catalog, next, audit);
    }

    OriginLog with(AuditChain next) {
        return new OriginLog(catalog, health, next);
    }
}
