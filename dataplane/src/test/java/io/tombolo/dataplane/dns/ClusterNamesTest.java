package io.tombolo.dataplane.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.dataplane.feed.CurrentConfig;
import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.dataplane.fixture.Configs;
import io.tombolo.dataplane.fixture.TestCluster;
import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.catalog.LocalInstance;
import io.tombolo.model.catalog.ServiceAddresses;
import io.tombolo.model.catalog.ServiceHealth;
import io.tombolo.model.catalog.ServiceType;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.InstanceHostname;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.Locality;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.wire.codec.FeedEntry;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClusterNamesTest {
    private static final ServiceName CHECKOUT = new ServiceName("shop", "checkout");
    private static final List<ExportedPort> PORTS = List.of(new ExportedPort(80, "web", AppProtocol.HTTP));
    private static final ClusterId WEST = new ClusterId("west");

    private final CurrentConfig config = new CurrentConfig();
    private Instant now = Instant.EPOCH;
    private final ClusterNames names = new ClusterNames(config, () -> now);
    private final List<FeedEntry> told = new ArrayList<>();

    private Known look() {
        var entries = new ArrayList<>(told);
        entries.add(Configs.own(new TestCluster("west"), Optional.empty()));
        config.swap(ProxyConfig.of(1, entries));
        return names.look(CHECKOUT, new ZoneName.Below.Itself()).join();
    }

    private void imports(ServiceType type, List<ImportedService.Source> sources) {
        told.add(new FeedEntry.Imported(new ImportedService(CHECKOUT, PORTS, type, "None", sources, Optional.empty())));
    }

    private static ImportedService.Source ready(int ready) {
        return new ImportedService.Source(
                WEST,
                Locality.UNKNOWN,
                Set.of(),
                Set.of(),
                ExportMode.PASSTHROUGH,
                Optional.of(new ServiceHealth(CHECKOUT, ready, ready, 0, 0, List.of())),
                Instant.EPOCH);
    }

    private void instance(long number, InstanceState state, String host) {
        instance(number, state, host, Optional.empty());
    }

    private void called(long number, InstanceState state, String hostname) {
        instance(number, state, "10.0.0." + number, Optional.of(new InstanceHostname(hostname)));
    }

    private void instance(long number, InstanceState state, String host, Optional<InstanceHostname> hostname) {
        told.add(new FeedEntry.Local(new LocalInstance(
                CHECKOUT,
                InstanceId.of(number),
                List.of(new HostPort(host, 15_006)),
                state,
                100,
                "",
                Set.of(80),
                new SpiffeId(new TrustDomain("west"), "shop", "checkout"),
                hostname)));
    }

    @Test
    void nothingIsKnownBeforeTheFirstConfiguration() {
        assertThat(names.isKnown()).isFalse();
        assertThat(look()).isEqualTo(new Known.Nothing());
        assertThat(names.isKnown()).isTrue();
    }

    @Test
    void aServiceHasTheAddressesThatTheClustersNetworkKnowsItAt() {
        // Given
        imports(ServiceType.CLUSTER_SET_IP, List.of());
        // Then
        assertThat(look()).isEqualTo(new Known.Whole(PORTS, List.of()));
        // When
        List<InetAddress> both = List.of(InetAddress.ofLiteral("10.96.0.7"), InetAddress.ofLiteral("fd96::7"));
        told.add(new FeedEntry.Addresses(new ServiceAddresses(CHECKOUT, both)));
        // Then
        assertThat(look()).isEqualTo(new Known.Whole(PORTS, both));
        assertThat(names.hasNamespace("shop")).isTrue();
        assertThat(names.hasNamespace("stock")).isFalse();
    }

    @Test
    void aHeadlessServiceHasItsReadyInstancesHereByTheirIds() {
        // Given
        imports(ServiceType.HEADLESS, List.of(ready(2)));
        instance(1, InstanceState.READY, "10.0.0.1");
        instance(2, InstanceState.DRAINING, "10.0.0.2");
        instance(3, InstanceState.READY, "somewhere.example.org");
        instance(4, InstanceState.READY, "127.0.0.1");
        instance(5, InstanceState.READY, "169.254.169.254");
        // Then
        assertThat(look())
                .isEqualTo(new Known.Instances(
                        PORTS,
                        List.of(new Known.Host(
                                List.of(InstanceId.of(1).value()), WEST, List.of(InetAddress.ofLiteral("10.0.0.1")))),
                        true));
    }

    @Test
    void anInstanceIsKnownByItsHostNameBeforeItsIdUnlessAnotherReadyOneSaysTheSame() {
        // Given one that goes away while its successor is there, and two that say the same
        imports(ServiceType.HEADLESS, List.of());
        called(1, InstanceState.DRAINING, "checkout-0");
        called(2, InstanceState.READY, "checkout-0");
        called(3, InstanceState.READY, "checkout-1");
        called(4, InstanceState.READY, "checkout-1");
        // Then
        assertThat(hosts().stream().map(Known.Host::labels))
                .containsExactlyInAnyOrder(
                        List.of("checkout-0", InstanceId.of(2).value()),
                        List.of(InstanceId.of(3).value()),
                        List.of(InstanceId.of(4).value()));
    }

    @Test
    void thoseWhoAskLaterHearOfOthersAndAllWhoAskNowOfTheSame() {
        // Given more than an answer has room for
        imports(ServiceType.HEADLESS, List.of(ready(1)));
        for (int number = 1; number <= 20; number++) {
            instance(number, InstanceState.READY, "10.0.0." + number);
        }
        var heard = new HashSet<String>();
        for (int turn = 0; turn < 20; turn++) {
            now = Instant.EPOCH.plusSeconds(5L * turn);
            List<Known.Host> first = hosts();
            now = now.plusSeconds(4);
            assertThat(hosts()).isEqualTo(first);
            first.stream()
                    .limit(ServiceAnswers.MOST_HOSTS)
                    .map(host -> host.labels().getFirst())
                    .forEach(heard::add);
        }
        assertThat(heard).hasSize(20);
    }

    private List<Known.Host> hosts() {
        return ((Known.Instances) look()).hosts();
    }

    @Test
    void oneThatIsReadyElsewhereOrPerhapsExistsAndOneThatNobodyIsReadyForDoesNot() {
        imports(ServiceType.HEADLESS, List.of(ready(1)));
        assertThat(look()).isEqualTo(new Known.Instances(PORTS, List.of(), true));
        told.clear();
        imports(ServiceType.HEADLESS, List.of());
        assertThat(look()).isEqualTo(new Known.Instances(PORTS, List.of(), true));
        told.clear();
        imports(ServiceType.HEADLESS, List.of(ready(0)));
        assertThat(look()).isEqualTo(new Known.Instances(PORTS, List.of(), false));
    }
}
