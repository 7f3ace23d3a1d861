package io.tombolo.controller.failover;

import static io.tombolo.controller.fixture.SmallFederation.DEMO;
import static io.tombolo.controller.fixture.SmallFederation.EAST;
import static io.tombolo.controller.fixture.SmallFederation.SOUTH;
import static io.tombolo.controller.fixture.SmallFederation.WEST;

import com.google.protobuf.ByteString;
import io.tombolo.catalog.freshness.FreshnessSettings;
import io.tombolo.catalog.log.FederationLog;
import io.tombolo.catalog.log.Now;
import io.tombolo.catalog.log.OriginLog;
import io.tombolo.catalog.origin.OriginState;
import io.tombolo.catalog.origin.OriginWriter;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.RecordKeys;
import io.tombolo.catalog.record.RecordSigner;
import io.tombolo.catalog.view.CatalogView;
import io.tombolo.controller.fixture.SmallFederation;
import io.tombolo.model.catalog.AddressRules;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.catalog.GatewayInstance;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.ImportedService.Source;
import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.catalog.ServiceHealth;
import io.tombolo.model.catalog.ServiceType;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.Locality;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.model.routing.EvacuationOrder;
import io.tombolo.model.routing.FailoverRule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What east, an authority, knows of itself, of west and of south, which trust it; one service of all three. */
public final class KnownFederation {
    public static final ServiceName CHECKOUT = new ServiceName("shop", "checkout");
    public static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    public static final InstanceId GATEWAY_OF_WEST = InstanceId.of(1);
    public static final InstanceId GATEWAY_OF_SOUTH = InstanceId.of(2);

    public final DemandTable demand = new DemandTable();
    public final List<FailoverRule> rules = new ArrayList<>();
    public List<EvacuationOrder> orders = List.of();
    public Instant wall = NOON;
    private final SmallFederation federation = new SmallFederation();
    private final Map<ClusterId, Integer> ready = new HashMap<>(Map.of(EAST, 2, WEST, 2, SOUTH, 2));
    private final Map<ClusterId, PathHealth.State> paths =
            new HashMap<>(Map.of(WEST, PathHealth.State.UP, SOUTH, PathHealth.State.UP));
    private final Map<ClusterId, Long> capacities = new HashMap<>();
    private FederationLog log;
    private long seq;

    public KnownFederation() {
        var now = new Now(Duration.ofDays(3).toNanos(), NOON);
        log = FederationLog.of(federation.members(), List.of(), FreshnessSettings.DEFAULT, now);
        log = said(federation.east(), EAST, bundle(EAST));
        for (ClusterId other : List.of(WEST, SOUTH)) {
            RecordSigner signer = signer(other);
            InstanceId gateway = other.equals(WEST) ? GATEWAY_OF_WEST : GATEWAY_OF_SOUTH;
            log = said(signer, other, bundle(other));
            log = said(
                    signer,
                    other,
                    new Payload.Gateway(
                            new GatewayInstance(gateway, List.of(new HostPort("10.0.0.9", 15_443)), 100, false, "")));
            log = said(
                    signer,
                    other,
                    new Payload.Acks(1, ByteString.EMPTY, Map.of(TrustDomain.of(EAST, DEMO), 1L), Map.of(), 0));
        }
    }

    /** What a member's operators ordered, as its record. */
    public void ordered(ClusterId by, EvacuationOrder order) {
        log = said(signer(by), by, new Payload.Evacuation(order));
    }

    /** A federation-wide policy as its author wrote it. */
    void policy(ClusterId by, String name, String specJson) {
        log = said(signer(by), by, document(name, specJson));
    }

    /** Its author took it back. */
    void policyGone(ClusterId by, String name) {
        Payload gone = document(name, "{}");
        var now = new Now(Duration.ofDays(3).toNanos(), NOON);
        OriginState state = log.origin(by).map(OriginLog::catalog).orElseThrow();
        log = log.apply(
                        new OriginWriter(signer(by))
                                .withdraw(state, RecordKeys.of(gone, by), RecordKeys.kindOf(gone), 1, ++seq, NOON),
                        now)
                .state();
    }

    private static Payload.Policy document(String name, String specJson) {
        String document = """
                {"apiVersion": "tombolo.io/v1", "kind": "FailoverPolicy", "spec": %s, "metadata":
                 {"namespace": "tombolo-system", "name": "%s", "creationTimestamp": "%s"}}""".formatted(specJson, name, NOON);
        return new Payload.Policy(
                "FailoverPolicy", "tombolo-system/" + name, "tombolo.io/v1", ByteString.copyFromUtf8(document), true);
    }

    private RecordSigner signer(ClusterId by) {
        if (by.equals(EAST)) {
            return federation.east();
        }
        return by.equals(WEST) ? federation.west() : federation.south();
    }

    public void ready(ClusterId cluster, int instances) {
        ready.put(cluster, instances);
    }

    public void path(ClusterId cluster, PathHealth.State state) {
        paths.put(cluster, state);
    }

    public void capacity(ClusterId cluster, long perSecond) {
        capacities.put(cluster, perSecond);
    }

    public CatalogView view() {
        return viewOf(EAST);
    }

    CatalogView viewOf(ClusterId own) {
        return CatalogView.of(
                log, own, AddressRules.STRICT, new Now(Duration.ofDays(3).toNanos(), NOON));
    }

    public Known known() {
        List<PathHealth> measured = List.of(
                new PathHealth(WEST, GATEWAY_OF_WEST, 1_000, paths.getOrDefault(WEST, PathHealth.State.UP)),
                new PathHealth(SOUTH, GATEWAY_OF_SOUTH, 9_000, paths.getOrDefault(SOUTH, PathHealth.State.UP)));
        KnownTargets targets = targets(measured);
        var service = new ImportedService(
                CHECKOUT,
                List.of(),
                ServiceType.CLUSTER_SET_IP,
                "None",
                List.of(source(EAST, "eu"), source(SOUTH, "us"), source(WEST, "eu")),
                Optional.empty());
        return new Known(targets, List.of(service), rules, FederationReading.NONE, demand, 0);
    }

    KnownTargets targets(List<PathHealth> measured) {
        return new KnownTargets(EAST, new Locality("eu", ""), view(), measured, orders, wall);
    }

    Source source(ClusterId cluster, String region) {
        var health = new ServiceHealth(
                CHECKOUT, ready.getOrDefault(cluster, 0), 2, capacities.getOrDefault(cluster, 0L), 0, List.of());
        return new Source(
                cluster,
                new Locality(region, ""),
                Set.of(80),
                Set.of(),
                ExportMode.PASSTHROUGH,
                Optional.of(health),
                NOON,
                health.capacityPerSecond());
    }

    private FederationLog said(RecordSigner signer, ClusterId by, Payload payload) {
        var now = new Now(Duration.ofDays(3).toNanos(), NOON);
        OriginState state = log.origin(by).map(OriginLog::catalog).orElseGet(() -> OriginState.of(by));
        return log.apply(new OriginWriter(signer).publish(state, payload, 1, ++seq, NOON), now)
                .state();
    }

    private static Payload.Bundle bundle(ClusterId cluster) {
        return new Payload.Bundle(TrustDomain.of(cluster, DEMO), 1, ByteString.copyFromUtf8("{}"));
    }
}
