package io.tombolo.controller.publish;

import com.google.protobuf.ByteString;
import io.tombolo.catalog.record.RecordKeys;
import io.tombolo.controller.enrol.LiveProxy;
import io.tombolo.controller.enrol.ProxyTable;
import io.tombolo.controller.exporting.Exporter;
import io.tombolo.controller.exporting.LocalService;
import io.tombolo.controller.tokens.ProxyRole;
import io.tombolo.model.catalog.ExportedService;
import io.tombolo.model.catalog.GatewayInstance;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.trustbundle.bundle.TrustBundle;
import io.tombolo.wire.codec.ExportCodec;
import io.tombolo.wire.codec.GatewayCodec;
import io.tombolo.wire.log.ClusterInfo;
import io.tombolo.wire.log.Kind;
import java.util.HashMap;
import java.util.HashSet;
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
    private final ClusterId cluster;
    private final ClusterInfo info;
    private final TrustDomain trustDomain;
    private final Supplier<Boolean> settled;
    private Map<ServiceName, Publication> exports = Map.of();

    /** @param settled whether the proxies of before had time to come back, so that who is missing is gone */
    public OwnCatalog(
            CatalogWriter writer,
            Exporter exporter,
            ProxyTable proxies,
            Supplier<TrustBundle> bundle,
            ClusterId cluster,
            ClusterInfo info,
            TrustDomain trustDomain,
            Supplier<Boolean> settled) {
        this.writer = writer;
        this.exporter = exporter;
        this.proxies = proxies;
        this.bundle = bundle;
        this.cluster = cluster;
        this.info = info;
        this.trustDomain = trustDomain;
        this.settled = settled;
    }

    /** Publishes what changed and withdraws what is gone. */
    public synchronized void sync() {
        Set<String> wanted = new HashSet<>();
        put(wanted, Kind.KIND_CLUSTER_INFO, "cluster-info/" + cluster, info);
        putBundle(wanted);
        Map<ServiceName, Publication> published = new HashMap<>();
        for (LocalService service : exporter.refresh().all()) {
            service.exported(trustDomain).ifPresent(export -> published.put(service.name(), putExport(wanted, export)));
        }
        exports = published;
        proxies.all().forEach(proxy -> putGateway(wanted, proxy));
        withdrawOthers(wanted);
    }

    /** The record of one export, if it is published. */
    public synchronized Optional<Publication> of(ServiceName service) {
        return Optional.ofNullable(exports.get(service));
    }

    private void putBundle(Set<String> wanted) {
        TrustBundle own = bundle.get();
        var record = io.tombolo.wire.log.TrustBundle.newBuilder()
                .setTrustDomain(own.trustDomain().name())
                .setSequence(own.sequence())
                .setJwks(ByteString.copyFrom(own.toJwks()))
                .build();
        put(wanted, Kind.KIND_TRUST_BUNDLE, "trust-bundle/" + own.trustDomain(), record);
    }

    private Publication putExport(Set<String> wanted, ExportedService export) {
        return put(
                wanted, Kind.KIND_EXPORTED_SERVICE, RecordKeys.ofExport(export.service()), ExportCodec.toWire(export));
    }

    private void putGateway(Set<String> wanted, LiveProxy proxy) {
        boolean gateway = proxy.registration().role() instanceof ProxyRole.Gateway;
        if (gateway && !proxy.addresses().isEmpty()) {
            String key = RecordKeys.ofGateway(proxy.registration().instance());
            if (proxy.connected()) {
                put(wanted, Kind.KIND_GATEWAY, key, GatewayCodec.toWire(instance(proxy)));
            }
            wanted.add(key);
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

    private Publication put(Set<String> wanted, Kind kind, String key, com.google.protobuf.MessageLite payload) {
        wanted.add(key);
        return writer.put(kind, key, payload);
    }

    /** Gateways only once it is clear that they are gone and not just slow to come back. */
    private void withdrawOthers(Set<String> wanted) {
        String gateways = "gateway/";
        for (String key : writer.liveKeys()) {
            boolean ours = key.startsWith("exported-service/") || (key.startsWith(gateways) && settled.get());
            if (ours && !wanted.contains(key)) {
                writer.withdraw(key);
                LOG.atInfo().addKeyValue("key", key).log("withdrawn");
            }
        }
    }
}
