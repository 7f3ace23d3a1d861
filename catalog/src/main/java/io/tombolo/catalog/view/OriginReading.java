package io.tombolo.catalog.view;

import io.tombolo.catalog.freshness.OriginAge;
import io.tombolo.catalog.log.OriginLog;
import io.tombolo.catalog.origin.OriginState;
import io.tombolo.catalog.record.Payload;
import io.tombolo.model.catalog.AddressRules;
import io.tombolo.model.catalog.ExportedService;
import io.tombolo.model.catalog.GatewayInstance;
import io.tombolo.model.catalog.HostPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the view of one origin. */
final class OriginReading {
    private final AddressRules rules;
    private final boolean own;
    private final List<String> leftOut = new ArrayList<>();

    /** @param own the reader's own cluster: its addresses are its own business */
    OriginReading(AddressRules rules, boolean own) {
        this.rules = rules;
        this.own = own;
    }

    OriginView of(Payload.Member member, OriginLog log, Optional<OriginAge> age) {
        OriginState catalog = log.catalog();
        List<GatewayInstance> gateways = gateways(catalog, member.grants().maxGateways());
        return new OriginView(
                member,
                first(catalog, Payload.ClusterInfo.class),
                gateways,
                leftOut,
                first(catalog, Payload.Bundle.class),
                exports(catalog),
                catalog.live(Payload.Revocation.class),
                catalog.live(Payload.Evacuation.class).stream()
                        .map(Payload.Evacuation::order)
                        .toList(),
                catalog.live(Payload.Policy.class),
                first(catalog, Payload.Acks.class),
                log.health(),
                age,
                catalog.position(),
                catalog.completeness());
    }

    private static <P extends Payload> Optional<P> first(OriginState catalog, Class<P> kind) {
        return catalog.live(kind).stream().findFirst();
    }

    private static List<ExportedService> exports(OriginState catalog) {
        return catalog.live(Payload.Export.class).stream()
                .map(Payload.Export::export)
                .toList();
    }

    private List<GatewayInstance> gateways(OriginState catalog, int maxGateways) {
        var usable = new ArrayList<GatewayInstance>();
        for (Payload.Gateway each : catalog.live(Payload.Gateway.class)) {
            GatewayInstance gateway = each.gateway();
            List<HostPort> addresses = addresses(gateway);
            if (usable.size() == maxGateways) {
                leftOut.add("gateway " + gateway.instance() + ": more than the granted " + maxGateways);
            } else if (!addresses.isEmpty()) {
                usable.add(new GatewayInstance(
                        gateway.instance(), addresses, gateway.weight(), gateway.draining(), gateway.zone()));
            }
        }
        return usable;
    }

    private List<HostPort> addresses(GatewayInstance gateway) {
        var usable = new ArrayList<HostPort>();
        for (HostPort address : gateway.addresses()) {
            Optional<String> refusal = own ? Optional.empty() : rules.refusal(address);
            refusal.ifPresentOrElse(
                    why -> leftOut.add("gateway " + gateway.instance() + ": " + address + " is " + why),
                    () -> usable.add(address));
        }
        return usable;
    }
}
