package io.tombolo.catalog.view;

import io.tombolo.catalog.freshness.OriginAge;
import io.tombolo.catalog.health.OriginHealth;
import io.tombolo.catalog.origin.Completeness;
import io.tombolo.catalog.origin.OriginState;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.Position;
import io.tombolo.model.catalog.ExportedService;
import io.tombolo.model.catalog.GatewayInstance;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.Locality;
import io.tombolo.model.routing.EvacuationOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One admitted member as the others see it.
 * @param info         empty until its record came
 * @param gateways     by instance; only addresses that may be dialled, at most as many as granted
 * @param leftOut      gateways and addresses that are not used, with the reason; for the operator
 * @param bundle       its trust bundle; empty until its record came: nothing is dialled before
 * @param evacuations  its operators' orders; they bind others only if it is an authority
 * @param policies     that it wants others to go by; they do only if it is an authority
 * @param acks         what it holds of the others; empty until its record came
 * @param age          how current all this is; empty = nothing was heard of it
 */
public record OriginView(
        Payload.Member member,
        Optional<Payload.ClusterInfo> info,
        List<GatewayInstance> gateways,
        List<String> leftOut,
        Optional<Payload.Bundle> bundle,
        List<ExportedService> exports,
        List<Payload.Revocation> revocations,
        List<EvacuationOrder> evacuations,
        List<Payload.Policy> policies,
        Optional<Payload.Acks> acks,
        OriginHealth health,
        Optional<OriginAge> age,
        Position position,
        Completeness completeness) {
    public OriginView {
        gateways = List.copyOf(gateways);
        leftOut = List.copyOf(leftOut);
        exports = List.copyOf(exports);
        revocations = List.copyOf(revocations);
        evacuations = List.copyOf(evacuations);
        policies = List.copyOf(policies);
    }

    public ClusterId cluster() {
        return member.cluster();
    }

    /** The same later, when it wrote nothing more: what was heard of it and compared with it may be other. */
    OriginView at(Optional<OriginAge> now, OriginState catalog) {
        return new OriginView(
                member,
                info,
                gateways,
                leftOut,
                bundle,
                exports,
                revocations,
                evacuations,
                policies,
                acks,
                health,
                now,
                catalog.position(),
                catalog.completeness());
    }

    /** What it says of itself; empty until its record came. */
    public Map<String, String> labels() {
        return info.map(Payload.ClusterInfo::labels).orElse(Map.of());
    }

    public Locality locality() {
        return info.map(Payload.ClusterInfo::locality).orElse(Locality.UNKNOWN);
    }
}
