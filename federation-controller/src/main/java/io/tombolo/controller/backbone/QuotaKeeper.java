package io.tombolo.controller.backbone;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.apache.kafka.common.quota.ClientQuotaFilterComponent;

/** Quotas: set where there are none. They stay when a member goes: a former one may still connect, and be refused. */
final class QuotaKeeper {
    private final Admin admin;
    private final Asking asking;

    QuotaKeeper(Admin admin, Asking asking) {
        this.admin = admin;
        this.asking = asking;
    }

    void ensure(BackbonePrincipal principal) {
        if (isSet(principal)) {
            return;
        }
        var limits = MemberQuota.LIMITS.entrySet().stream()
                .map(limit -> new ClientQuotaAlteration.Op(limit.getKey(), limit.getValue()))
                .toList();
        var entity = new ClientQuotaEntity(Map.of(ClientQuotaEntity.USER, principal.name()));
        asking.get(
                "setting quotas of " + principal,
                admin.alterClientQuotas(List.of(new ClientQuotaAlteration(entity, limits)))
                        .all());
    }

    private boolean isSet(BackbonePrincipal principal) {
        var exactly = ClientQuotaFilter.containsOnly(
                List.of(ClientQuotaFilterComponent.ofEntity(ClientQuotaEntity.USER, principal.name())));
        return !asking.get(
                        "reading quotas of " + principal,
                        admin.describeClientQuotas(exactly).entities())
                .isEmpty();
    }
}
