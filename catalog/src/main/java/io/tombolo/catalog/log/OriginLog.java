package io.tombolo.catalog.log;

import io.tombolo.catalog.audit.AuditChain;
import io.tombolo.catalog.health.OriginHealth;
import io.tombolo.catalog.origin.OriginState;
import io.tombolo.model.name.ClusterId;

/** What one cluster wrote into its own topics. Immutable. */
public record OriginLog(OriginState catalog, OriginHealth health, AuditChain audit) {
    static OriginLog of(ClusterId cluster) {
        return new OriginLog(OriginState.of(cluster), OriginHealth.UNKNOWN, AuditChain.EMPTY);
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
