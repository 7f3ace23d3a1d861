package io.tombolo.controller.publish;

import com.google.protobuf.ByteString;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.RecordKeys;
import io.tombolo.controller.enrol.LiveProxy;
import io.tombolo.controller.enrol.ProxyTable;
import io.tombolo.controller.exporting.Exporter;
import io.tombolo.controller.exporting.LocalServices;
import io.tombolo.controller.tokens.ProxyRole;
import io.tombolo.model.catalog.ExportedService;
import io.tombolo.model.catalog.GatewayInstance;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.model.routing.EvacuationOrder;
import io.tombolo.trustbundle.bundle.TrustBundle;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what the federation hears of this cluster equal to what this cluster is. Blocks for fsyncs. */
public final class OwnCatalog {
    private static final Logger LOG = LoggerFactory.getLogger(OwnCatalog.class);

    private final CatalogWriter writer;
    private final Exporter exporter;
    private final ProxyTable proxies;
    private final Supplier<TrustBundle> bundle;
    private final Payload.ClusterInfo info;
    private final TrustDomain trustDomain;
    private final Supplier<Boolean> settled;
    private final Supplier<List<EvacuationOrder>> evacuations;
    private final Supplier<List<Payload.Policy>> policies;
    private Exports exports = Exports.NONE;
    private Map<EvacuationOrder, Publication> orders = Map.of();
    private Map<String, Publication> rules = Map.of();

    /** @param settled whether the proxies of before had time to come back, so that who is missing is gone */
    public OwnCatalog(
            CatalogWriter writer,
            Exporter exporter,
            ProxyTable proxies,
            Supplier<TrustBundle> bundle,
            Payload.ClusterInfo info,
            TrustDomain trustDomain,
            Supplier<Boolean> settled,
            Supplier<List<EvacuationOrder>> evacuations,
            Supplier<List<Payload.Policy>> policies) {
        this.writer = writer;
        this.exporter = exporter;
        this.proxies = proxies;
        this.bundle = bundle;
        this.info = info;
        this.trustDomain = trustDomain;
        this.settled = settled;
        this.evacuations = evacuations;
        this.policies = policies;
    }

    /** Publishes what changed and withdraws what is gone. */
    public synchronized void sync() {
        writer.put(info);
        TrustBundle own = bundle.get();
        writer.put(new Payload.Bundle(own.trustDomain(), own.sequence(), ByteString.copyFrom(own.toJwks())));
        syncExports();
        syncGateways();
        syncEvacuations();
        syncPolicies();
    }

    /** The record of one export, if it is published. */
    public synchronized Optional<Publication> of(ServiceName service) {
        return Optional.ofNullable(exports.published().get(service));
    }

    /** The record of an order to evacuate a cluster, if this very order has one: that of the one before is no news of it. */
    public synchronized Optional<Publication> evacuation(EvacuationOrder order) {
        return Optional.ofNullable(orders.get(order));
    }

    /** The record of a policy for the whole federation, by kind and name as in its key, if there is one. */
    public synchronized Optional<Publication> policy(String kind, ServiceName name) {
        return Optional.ofNullable(rules.get(ruleKey(kind, "" + name)));
    }

    private static String ruleKey(String kind, String name) {
        return kind + "/" + name;
    }

    /**
     * What came of the last look at all exports.
     * @param live what the writer had then: as long as it is that object, nobody wrote another record of an export
     */
    private record Exports(LocalServices services, List<Payload.Export> live, Map<ServiceName, Publication> published) {
        private static final Exports NONE =
                new Exports(LocalServices.of(List.of(), List.of(), Map.of()), List.of(), Map.of());
    }

    /** Only what changed is put, for a put compares what is said, which takes a while for thousands of them. */
    private void syncExports() {
        LocalServices services = exporter.refresh();
        List<Payload.Export> before = writer.live(Payload.Export.class);
        Exports known = before == exports.live() ? exports : Exports.NONE;
        if (services == known.services()) {
            return;
        }
        Map<ServiceName, Publication> published = new HashMap<>(known.published());
        services.differences(
                known.services(),
                gone -> published.remove(gone.name()),
                come -> come.exported(trustDomain)
                        .ifPresent(export -> published.put(come.name(), writer.put(new Payload.Export(export)))));
        if (writer.live(Payload.Export.class).size() > published.size()) { // whatever is published is live
            withdrawOthers(published);
        }
        exports = new Exports(services, writer.live(Payload.Export.class), published);
    }

    private void withdrawOthers(Map<ServiceName, Publication> published) {
        for (Payload.Export live : writer.live(Payload.Export.class)) {
            ExportedService export = live.export();
            if (!published.containsKey(export.service())) {
                writer.withdraw(RecordKeys.ofExport(export.service()));
                LOG.atInfo().addKeyValue("service", export.service()).log("export withdrawn");
            }
        }
    }

    /** A gateway that is missing is withdrawn only once it is clear that it is gone and not just slow to come back. */
    private void syncGateways() {
        Set<InstanceId> known = new HashSet<>();
        for (LiveProxy proxy : proxies.all()) {
            boolean gateway = proxy.registration().role() instanceof ProxyRole.Gateway;
            if (gateway && !proxy.addresses().isEmpty()) {
                known.add(proxy.registration().instance());
                if (proxy.connected()) {
                    writer.put(new Payload.Gateway(instance(proxy)));
                }
            }
        }
        for (Payload.Gateway live : writer.live(Payload.Gateway.class)) {
            InstanceId instance = live.gateway().instance();
            if (!known.contains(instance) && settled.get()) {
                writer.withdraw(RecordKeys.ofGateway(instance));
                LOG.atInfo().addKeyValue("gateway", instance).log("gateway withdrawn");
            }
        }
    }

    private void syncEvacuations() {
        Map<EvacuationOrder, Publication> ordered = new HashMap<>();
        Set<ClusterId> evacuated = new HashSet<>();
        for (EvacuationOrder order : evacuations.get()) {
            ordered.put(order, writer.put(new Payload.Evacuation(order)));
            evacuated.add(order.cluster());
        }
        orders = ordered;
        for (Payload.Evacuation live : writer.live(Payload.Evacuation.class)) {
            ClusterId cluster = live.order().cluster();
            if (!evacuated.contains(cluster)) {
                writer.withdraw(RecordKeys.ofEvacuation(cluster));
                LOG.atInfo().addKeyValue("cluster", cluster).log("evacuation undone");
            }
        }
    }

    private void syncPolicies() {
        Set<String> wanted = new HashSet<>();
        Map<String, Publication> published = new HashMap<>();
        for (Payload.Policy policy : policies.get()) {
            wanted.add(RecordKeys.of(policy));
            published.put(ruleKey(policy.kind(), policy.name()), writer.put(policy));
        }
        rules = published;
        for (Payload.Policy live : writer.live(Payload.Policy.class)) {
            String key = RecordKeys.of(live);
            if (!wanted.contains(key)) {
                writer.withdraw(key);
                LOG.atInfo().addKeyValue("policy", live.name()).log("federation-wide policy withdrawn");
            }
        }
    }

    private static GatewayInstance instance(LiveProxy proxy) {
        return new GatewayInstance(
                proxy.registration().instance(),
                proxy.addresses(),
                proxy.weight(),
                proxy.state() == InstanceState.DRAINING,
                proxy.zone());
    }
}
