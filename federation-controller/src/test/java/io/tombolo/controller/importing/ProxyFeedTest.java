package io.tombolo.controller.importing;

import static io.tombolo.controller.fixture.SmallFederation.DEMO;
import static io.tombolo.controller.fixture.SmallFederation.EAST;
import static io.tombolo.controller.fixture.SmallFederation.WEST;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.tombolo.catalog.freshness.FreshnessSettings;
import io.tombolo.catalog.log.FederationLog;
import io.tombolo.catalog.log.Now;
import io.tombolo.catalog.log.OriginLog;
import io.tombolo.catalog.origin.OriginState;
import io.tombolo.catalog.origin.OriginWriter;
import io.tombolo.catalog.record.Payload;
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
import io.tombolo.model.catalog.Consumer;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.ExportedService;
import io.tombolo.model.catalog.ServiceAddresses;
import io.tombolo.model.catalog.ServiceType;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.trustbundle.bundle.TrustBundle;
import io.tombolo.trustbundle.key.P256Key;
import io.tombolo.trustbundle.x509.CertificateAuthority;
import io.tombolo.wire.codec.FeedCodec;
import io.tombolo.wire.codec.FeedEntry;
import io.tombolo.wire.feed.Entry;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProxyFeedTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private static final TrustDomain WESTS = TrustDomain.of(WEST, DEMO);
    private static final List<String> OF_WEST =
            List.of("bundle/" + WESTS, "gateways/west", "imported/shop.checkout", "freshness/west");

    @TempDir
    private Path dir;

    private StateDirectory state;
    private KnownAddresses addresses;

    @BeforeEach
    void begin() {
        state = StateDirectory.take(dir);
        addresses = new KnownAddresses(state);
    }

    @AfterEach
    void end() {
        state.close();
    }

    private ServiceType type = ServiceType.CLUSTER_SET_IP;
    private List<Consumer> consumers = List.of(Consumer.ANYONE);
    private final SmallFederation federation = new SmallFederation();
    private final TrustBundle eastBundle = bundle(TrustDomain.of(EAST, DEMO));

    @Test
    void whoHeardNothingOfTheMembersForTooLongPushesNothingOfOthers() {
        // When
        Set<String> seeing = pushed(Duration.ofHours(23));
        Set<String> blind = pushed(Duration.ofHours(25));
        // Then
        assertThat(seeing).contains("bundle/" + WESTS, "gateways/west", "freshness/west");
        assertThat(seeing).anyMatch(key -> key.startsWith("imported/"));
        assertThat(blind).doesNotContainAnyElementsOf(OF_WEST).noneMatch(key -> key.startsWith("imported/"));
        assertThat(blind).contains("own", "news", "dialing", "member/west", "bundle/" + TrustDomain.of(EAST, DEMO));
    }

    @Test
    void aSidecarHearsTheAddressesOfWhatItMayCallAlsoAfterARestartAndOfNothingElse() {
        // Given
        var checkout =
                new ServiceAddresses(new ServiceName("shop", "checkout"), List.of(InetAddress.ofLiteral("10.96.0.7")));
        var nobodys =
                new ServiceAddresses(new ServiceName("shop", "gone"), List.of(InetAddress.ofLiteral("10.96.0.8")));
        // When
        assertThat(addresses.know(List.of(checkout, nobodys))).isTrue();
        assertThat(addresses.know(List.of(nobodys, checkout))).isFalse();
        addresses = new KnownAddresses(state);
        // Then
        assertThat(pushed(Duration.ZERO)).contains("addresses/shop/checkout").doesNotContain("addresses/shop/gone");
        // When
        assertThat(addresses.know(List.of())).isTrue();
        // Then
        assertThat(pushed(Duration.ZERO)).noneMatch(key -> key.startsWith("addresses/"));
    }

    @Test
    void onlyGatewaysHearOfWorkloadsWithoutASidecarAndOnlyWhereTheyEndTls() {
        // Given
        String service = "apiVersion: tombolo.io/v1\nkind: Service\nmetadata: {name: ledger, namespace: shop}\n"
                + "spec: {ports: [{port: 80}], endpoints: [{address: 10.0.0.7}]}\n";
        String export = "---\napiVersion: tombolo.io/v1\nkind: ServiceExport\n"
                + "metadata: {name: ledger, namespace: shop}\nspec: {mode: %s}\n";
        var server = new ProxyRole.Workload("shop", "ledger");
        // When, then
        assertThat(pushed(Duration.ZERO, services(service + export.formatted("terminate")), new ProxyRole.Gateway()))
                .anyMatch(key -> key.startsWith("endpoint/shop/ledger/"));
        assertThat(pushed(Duration.ZERO, services(service + export.formatted("passthrough")), new ProxyRole.Gateway()))
                .noneMatch(key -> key.startsWith("endpoint/"));
        assertThat(pushed(Duration.ZERO, services(service + export.formatted("terminate")), server))
                .contains("served/shop/ledger")
                .noneMatch(key -> key.startsWith("endpoint/"));
    }

    @Test
    void whatAnswersForNamesHearsOfEveryServiceWhoeverMayCallItAndOfNothingElse() {
        // Given a service that its owner lets nobody of this cluster call
        consumers = List.of();
        assertThat(pushed(Duration.ZERO)).noneMatch(key -> key.startsWith("imported/"));
        List<InetAddress> somewhere = List.of(InetAddress.ofLiteral("10.96.0.7"));
        addresses.know(List.of(
                new ServiceAddresses(new ServiceName("shop", "checkout"), somewhere),
                new ServiceAddresses(new ServiceName("shop", "gone"), somewhere)));
        // When
        Set<String> told =
                pushed(Duration.ZERO, LocalServices.of(List.of(), List.of(), Map.of()), new ProxyRole.Names());
        // Then
        assertThat(told)
                .containsExactlyInAnyOrder(
                        "own",
                        "news",
                        "bundle/" + TrustDomain.of(EAST, DEMO),
                        "imported/shop/checkout",
                        "addresses/shop/checkout");
    }

    @Test
    void ofAHeadlessServiceItHearsHowManyAreReadyAndNotWho() {
        // Given
        type = ServiceType.HEADLESS;
        // When
        var told = (FeedEntry.Imported) FeedCodec.toModel(Objects.requireNonNull(
                entries(Duration.ZERO, LocalServices.of(List.of(), List.of(), Map.of()), new ProxyRole.Names())
                        .get("imported/shop/checkout")));
        // Then nobody said how many: that is not said either, and the cluster is not named
        assertThat(told.value().type()).isEqualTo(ServiceType.HEADLESS);
        assertThat(told.value().sources())
                .singleElement()
                .satisfies(source -> assertThat(source.cluster()).isEqualTo(EAST))
                .satisfies(source -> assertThat(source.serverIds()).isEmpty())
                .satisfies(source -> assertThat(source.health()).isEmpty());
    }

    private static LocalServices services(String yaml) {
        return LocalServices.of(
                ResourceReader.read(yaml).stream()
                        .map(each -> new StoredResource(each.key(), each.spec(), each.specJson(), 1, NOON, "api"))
                        .toList(),
                List.of(),
                Map.of());
    }

    private Set<String> pushed(Duration newsAge) {
        return pushed(
                newsAge, LocalServices.of(List.of(), List.of(), Map.of()), new ProxyRole.Workload("shop", "frontend"));
    }

    private Set<String> pushed(Duration newsAge, LocalServices services, ProxyRole role) {
        return entries(newsAge, services, role).keySet();
    }

    private SortedMap<String, Entry> entries(Duration newsAge, LocalServices services, ProxyRole role) {
        var now = new Now(Duration.ofDays(3).toNanos(), NOON);
        FederationLog log = FederationLog.of(federation.members(), List.of(), FreshnessSettings.DEFAULT, now);
        log = saidByWest(log, wests(), 1, now);
        log = saidByWest(log, checkout(), 2, now);
        CatalogView view = CatalogView.of(log.withNewsAge(newsAge, now), EAST, AddressRules.STRICT, now);
        var feed = new ProxyFeed(
                federation.importsOfEast(),
                () -> Optional.of(view),
                () -> services,
                new PathTable(),
                new EndpointTable(),
                addresses,
                new FailoverEntries(
                        new Decisions(new History(state)), new Evacuations(state), _ -> services.failoverRules()),
                () -> eastBundle);
        return feed.entriesFor(role).orElseThrow();
    }

    private FederationLog saidByWest(FederationLog log, Payload payload, long seq, Now now) {
        OriginState west = log.origin(WEST).map(OriginLog::catalog).orElseGet(() -> OriginState.of(WEST));
        return log.apply(new OriginWriter(federation.west()).publish(west, payload, 1, seq, NOON), now)
                .state();
    }

    private static Payload.Bundle wests() {
        TrustBundle bundle = bundle(WESTS);
        return new Payload.Bundle(WESTS, bundle.sequence(), ByteString.copyFrom(bundle.toJwks()));
    }

    private static TrustBundle bundle(TrustDomain trustDomain) {
        var ca = CertificateAuthority.create(trustDomain, P256Key.generate(), NOON, Duration.ofDays(30));
        return new TrustBundle(trustDomain, 1, List.of(ca.root()));
    }

    private Payload.Export checkout() {
        return new Payload.Export(new ExportedService(
                new ServiceName("shop", "checkout"),
                List.of(new ExportedPort(80, "web", AppProtocol.HTTP)),
                type,
                "None",
                Map.of(),
                Map.of(),
                ExportMode.PASSTHROUGH,
                List.of(new SpiffeId(WESTS, "shop", "checkout")),
                consumers,
                NOON));
    }
}
