package io.tombolo.controller.importing;

import static io.tombolo.controller.fixture.SmallFederation.DEMO;
import static io.tombolo.controller.fixture.SmallFederation.EAST;
import static io.tombolo.controller.fixture.SmallFederation.SOUTH;
import static io.tombolo.controller.fixture.SmallFederation.WEST;
import static org.assertj.core.api.Assertions.assertThat;

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
import io.tombolo.controller.exporting.LocalServices;
import io.tombolo.controller.failover.Decisions;
import io.tombolo.controller.failover.Evacuations;
import io.tombolo.controller.failover.History;
import io.tombolo.controller.fixture.SmallFederation;
import io.tombolo.controller.health.EndpointTable;
import io.tombolo.controller.health.PathTable;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.controller.store.ResourceReader;
import io.tombolo.controller.store.StoredResource;
import io.tombolo.controller.tokens.ProxyRole;
import io.tombolo.model.catalog.AddressRules;
import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.CapacityGrants;
import io.tombolo.model.catalog.Consumer;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.ExportedService;
import io.tombolo.model.catalog.ServiceAddresses;
import io.tombolo.model.catalog.ServiceHealth;
import io.tombolo.model.catalog.ServiceTraits;
import io.tombolo.model.catalog.ServiceType;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.model.routing.EvacuationOrder;
import io.tombolo.trustbundle.bundle.TrustBundle;
import io.tombolo.trustbundle.key.P256Key;
import io.tombolo.trustbundle.x509.CertificateAuthority;
import io.tombolo.wire.feed.Entry;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What proxies are told step by step is what they would be told by a controller that has just begun. */
class ProxyFeedChangesTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private static final List<ProxyRole> ROLES = List.of(
            new ProxyRole.Workload("shop", "frontend"),
            new ProxyRole.Workload("shop", "s1"),
            new ProxyRole.Gateway(),
            new ProxyRole.Names());

    @TempDir
    private Path dir;

    private final TrustBundle bundle = bundle();
    private StateDirectory state;
    private KnownAddresses addresses;
    private Evacuations evacuations;
    private SmallFederation federation = new SmallFederation();
    private final List<StoredResource> resources = new ArrayList<>();
    private LocalServices local = LocalServices.of(List.of(), List.of(), Map.of());
    private FederationLog log = beginning();
    private CatalogView view = anew();
    private long seconds;
    private long seq;

    @BeforeEach
    void begin() {
        state = StateDirectory.take(dir);
        addresses = new KnownAddresses(state);
        evacuations = new Evacuations(state);
    }

    @AfterEach
    void end() {
        state.close();
    }

    @Test
    void whateverHappensEveryRoleHearsWhatItWouldHearOfOneThatHasJustBegun() {
        for (int seed = 0; seed < 10; seed++) {
            // Given
            restart();
            var random = new Random(seed);
            ProxyFeed kept = feed(true);
            for (int step = 0; step < 60; step++) {
                // When
                String what = happens(random);
                local = local.next(List.copyOf(resources), List.of(), Map.of());
                view = view.next(log, now());
                // Then
                ProxyFeed begun = feed(false);
                for (ProxyRole role : ROLES) {
                    assertThat(kept.entriesFor(role))
                            .as("seed %d, step %d, %s: %s", seed, step, role, what)
                            .isEqualTo(begun.entriesFor(role));
                }
            }
        }
    }

    @Test
    void whileNothingChangesItIsTheSameObjectAndWhoIsForgottenHearsAllAgain() {
        // Given
        exports(WEST, "s1", List.of(Consumer.ANYONE), ServiceTraits.NONE, CapacityGrants.NONE);
        view = view.next(log, now());
        ProxyFeed feed = feed(true);
        ProxyRole role = ROLES.getFirst();
        SortedMap<String, Entry> first = feed.entriesFor(role).orElseThrow();
        // When
        seconds += 1;
        view = view.next(log, now());
        // Then
        assertThat(feed.entriesFor(role).orElseThrow()).isSameAs(first);
        // When
        feed.keepOnly(java.util.Set.of());
        // Then
        assertThat(feed.entriesFor(role).orElseThrow()).isEqualTo(first).isNotSameAs(first);
    }

    private void restart() {
        federation = new SmallFederation();
        resources.clear();
        local = LocalServices.of(List.of(), List.of(), Map.of());
        addresses.know(List.of());
        seq = 0;
        log = beginning();
        view = anew();
    }

    private String happens(Random random) {
        String name = "s" + random.nextInt(5);
        ClusterId cluster = random.nextBoolean() ? WEST : SOUTH;
        boolean there = view.origin(cluster).isPresent() || seq < 3;
        int what = random.nextInt(10);
        switch (there ? what : 5 + what % 5) {
            case 0, 1 -> exports(cluster, name, consumers(random), traits(random), grants(random));
            case 2 -> withdraws(cluster, name);
            case 3, 4 -> saysHealth(cluster, name, random.nextInt(3));
            case 5 -> seconds += random.nextInt(3_000);
            case 6 -> exportsHere(name, random);
            case 7 -> resources.removeIf(each -> each.key().name().name().equals(name));
            case 8 -> addresses.know(random.nextBoolean() ? List.of() : List.of(address(name)));
            default -> rarely(random);
        }
        return cluster + " " + name + " " + what;
    }

    private void rarely(Random random) {
        switch (random.nextInt(6)) {
            case 0 -> log = log.apply(federation.evictionOfWest(), now()).state();
            case 1 -> seconds += Duration.ofHours(26).toSeconds();
            case 2 -> log = log.withNewsAge(Duration.ZERO, now());
            case 3 -> evacuations.give(new EvacuationOrder(SOUTH, 50, Duration.ZERO, NOON));
            case 4 -> evacuations.undo(SOUTH);
            default ->
                resources.add(
                        resource("TrafficPolicy", "t" + resources.size(), "targetRef: {kind: Service, name: s1}"));
        }
    }

    private void exportsHere(String name, Random random) {
        resources.removeIf(each -> each.key().name().name().equals(name));
        String mode = random.nextBoolean() ? "terminate" : "passthrough";
        resources.add(resource("ServiceExport", name, "mode: " + mode + ", ports: [{port: 80}]"));
        if (random.nextBoolean()) {
            resources.add(resource(
                    "Service", name, "ports: [{port: 80}], endpoints: [{address: 10.0.0." + random.nextInt(9) + "}]"));
        }
    }

    private static StoredResource resource(String kind, String name, String spec) {
        var parsed = ResourceReader.read("apiVersion: tombolo.io/v1\nkind: " + kind + "\nmetadata: {name: " + name
                        + ", namespace: shop}\nspec: {" + spec + "}")
                .getFirst();
        return new StoredResource(parsed.key(), parsed.spec(), parsed.specJson(), 1, NOON, "api");
    }

    private static List<Consumer> consumers(Random random) {
        return random.nextInt(3) == 0 ? List.of() : List.of(Consumer.ANYONE);
    }

    private static CapacityGrants grants(Random random) {
        return random.nextBoolean() ? CapacityGrants.NONE : new CapacityGrants(Map.of(EAST, 1 + random.nextInt(99)));
    }

    private static ServiceTraits traits(Random random) {
        var internal =
                random.nextInt(4) == 0 ? ServiceTraits.InternalTraffic.LOCAL : ServiceTraits.InternalTraffic.CLUSTER;
        return new ServiceTraits(OptionalInt.empty(), internal, Optional.empty(), List.of());
    }

    private void exports(
            ClusterId cluster, String name, List<Consumer> consumers, ServiceTraits traits, CapacityGrants grants) {
        TrustDomain domain = TrustDomain.of(cluster, DEMO);
        var export = new ExportedService(
                new ServiceName("shop", name),
                List.of(new ExportedPort(80, "web", AppProtocol.HTTP)),
                ServiceType.CLUSTER_SET_IP,
                "None",
                Map.of(),
                Map.of(),
                ExportMode.PASSTHROUGH,
                List.of(new SpiffeId(domain, "shop", name)),
                consumers,
                grants,
                traits,
                NOON);
        log = log.apply(
                        new OriginWriter(signer(cluster))
                                .publish(written(cluster), new Payload.Export(export), 1, ++seq, now().wall()),
                        now())
                .state();
    }

    private void withdraws(ClusterId cluster, String name) {
        String key = RecordKeys.ofExport(new ServiceName("shop", name));
        written(cluster)
                .record(key)
                .filter(record -> !record.withdrawn())
                .ifPresent(record -> log = log.apply(
                                new OriginWriter(signer(cluster))
                                        .withdraw(written(cluster), key, record.kind(), 1, ++seq, now().wall()),
                                now())
                        .state());
    }

    private void saysHealth(ClusterId cluster, String name, int ready) {
        var health = new ServiceHealth(new ServiceName("shop", name), ready, 3, 300, 0, List.of());
        var batch = new Payload.Health(false, List.of(health), List.of(), ++seq);
        log = log.apply(signer(cluster).sign(batch, 1, seq, now().wall()), now())
                .state();
    }

    private OriginState written(ClusterId cluster) {
        return log.origin(cluster).map(OriginLog::catalog).orElseGet(() -> OriginState.of(cluster));
    }

    private RecordSigner signer(ClusterId cluster) {
        return cluster.equals(WEST) ? federation.west() : federation.south();
    }

    private static ServiceAddresses address(String name) {
        return new ServiceAddresses(new ServiceName("shop", name), List.of(InetAddress.ofLiteral("10.96.0.7")));
    }

    private Now now() {
        return new Now(Duration.ofDays(3).plusSeconds(seconds).toNanos(), NOON.plusSeconds(seconds));
    }

    private FederationLog beginning() {
        return FederationLog.of(federation.members(), List.of(), FreshnessSettings.DEFAULT, now())
                .withNewsAge(Duration.ZERO, now());
    }

    private CatalogView anew() {
        return CatalogView.of(log, EAST, AddressRules.STRICT, now());
    }

    /** @param kept whether it follows the view that is made of the one before */
    private ProxyFeed feed(boolean kept) {
        return new ProxyFeed(
                federation.importsOfEast(),
                () -> Optional.of(kept ? view : anew()),
                () -> kept ? local : LocalServices.of(resources, List.of(), Map.of()),
                new PathTable(),
                new EndpointTable(),
                addresses,
                new FailoverEntries(new Decisions(new History(state)), evacuations, _ -> local.failoverRules()),
                () -> bundle);
    }

    private static TrustBundle bundle() {
        TrustDomain east = TrustDomain.of(EAST, DEMO);
        var ca = CertificateAuthority.create(east, P256Key.generate(), NOON, Duration.ofDays(30));
        return new TrustBundle(east, 1, List.of(ca.root()));
    }
}
