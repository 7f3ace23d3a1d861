package io.tombolo.controller.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.tombolo.model.catalog.GatewayInstance;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.catalog.LocalInstance;
import io.tombolo.model.catalog.ServiceType;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.InstanceHostname;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.model.name.TrustDomain;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SlicesTest {
    private static final SpiffeId POD = new SpiffeId(new TrustDomain("east.test"), "shop", "checkout");
    private static final InstanceId FIRST = InstanceId.of(1);

    private static GatewayInstance gateway(int number, boolean draining, String... addresses) {
        List<HostPort> at = Stream.of(addresses).map(HostPort::parse).toList();
        return new GatewayInstance(InstanceId.of(number), at, 100, draining, "");
    }

    private static OriginFacts origin(boolean over, GatewayInstance... gateways) {
        return new OriginFacts(
                List.of(gateways), Set.of(FIRST), Duration.ofSeconds(30), Optional.of(Instant.EPOCH), over);
    }

    private static LocalInstance pod(int number, InstanceState state, String address) {
        return pod(number, state, address, Optional.empty());
    }

    private static LocalInstance called(int number, String address, String hostname) {
        return pod(number, InstanceState.READY, address, Optional.of(new InstanceHostname(hostname)));
    }

    private static LocalInstance pod(
            int number, InstanceState state, String address, Optional<InstanceHostname> hostname) {
        return new LocalInstance(
                Imported.CHECKOUT,
                InstanceId.of(number),
                List.of(HostPort.parse(address)),
                state,
                100,
                "",
                Set.of(80),
                POD,
                hostname);
    }

    private static EndpointNews.Known known(Map<ClusterId, OriginFacts> origins, LocalInstance... pods) {
        return new EndpointNews.Known(
                ImportNews.Known.NOTHING,
                Optional.of(Imported.EAST),
                origins,
                Map.of(Imported.CHECKOUT, List.of(pods)));
    }

    private static Map<String, Slice> slices(SharedService of, EndpointNews.Known known) {
        return new Slices(known, Optional.of("tombolo-system"), new Proven().with(known.origins()))
                .of(of.service())
                .byName();
    }

    private static Slice named(Map<String, Slice> slices, String name) {
        return Optional.ofNullable(slices.get(name)).orElseThrow();
    }

    private static final Map<ClusterId, OriginFacts> BOTH = Map.of(
            Imported.EAST,
            origin(false),
            Imported.WEST,
            origin(
                    false,
                    gateway(1, false, "192.0.2.1:15443", "[2001:db8::1]:15443"),
                    gateway(2, false, "192.0.2.2:15443", "west.example.org:15443"),
                    gateway(3, true, "192.0.2.3:15443"),
                    gateway(4, false, "127.0.0.1:15443")));

    private static final LocalInstance[] PODS = {
        pod(11, InstanceState.READY, "10.1.0.1:15006"),
        pod(12, InstanceState.NOT_READY, "10.1.0.2:15006"),
        pod(13, InstanceState.READY, "10.1.0.3:15007")
    };

    @Test
    void eachClusterHasSlicesOfItsOwnWithItsReadyInstancesHereAndGatewaysElsewhere() {
        // When
        Map<String, Slice> slices = slices(
                Imported.shared(
                        Imported.CHECKOUT, ServiceType.CLUSTER_SET_IP, List.of(80, 81), Imported.EAST, Imported.WEST),
                known(BOTH, PODS));
        // Then
        String name = DerivedName.of(Imported.CHECKOUT);
        assertThat(slices.keySet())
                .containsExactly(
                        name + "-east-4-15006", name + "-east-4-15007", name + "-west-4-15443", name + "-west-6-15443");
        assertThat(named(slices, name + "-east-4-15006").endpoints()).isEqualTo(Map.of("10.1.0.1", true));
        Slice west = named(slices, name + "-west-4-15443");
        // One that a path led to is known to work, of the other it is not known; a host name and this machine are no
        // places
        assertThat(west.endpoints()).isEqualTo(Map.of("192.0.2.1", true, "192.0.2.2", false));
        assertThat(west.lease()).isEqualTo("tombolo-system/tombolo-origin-west");
        assertThat(named(slices, name + "-west-6-15443").endpoints()).isEqualTo(Map.of("2001:db8::1", true));
        // The ports are those that the cluster exposes, each at its proxy's
        assertThat(named(slices, name + "-east-4-15007").ports())
                .containsExactly(
                        new ImportObject.Port("port-80", "TCP", "http", 15_007),
                        new ImportObject.Port("port-81", "TCP", "http", 15_007));
        assertThat(west.ports()).containsExactly(new ImportObject.Port("port-80", "TCP", "http", 15_443));
    }

    @Test
    void aClusterWhoseLeaseIsOverHasNoneAndTheOthersStay() {
        // Given
        Map<ClusterId, OriginFacts> over = new HashMap<>(BOTH);
        over.put(Imported.WEST, origin(true, gateway(1, false, "192.0.2.1:15443")));
        SharedService checkout = Imported.checkout(ServiceType.CLUSTER_SET_IP, Imported.EAST, Imported.WEST);
        // When
        Map<String, Slice> slices = slices(checkout, known(over, PODS));
        // Then
        assertThat(slices.values())
                .isNotEmpty()
                .allMatch(slice -> slice.cluster().equals("east"));
    }

    /** A name of a headless service leads to its endpoints: a plain program's bytes must not come to another cluster's gateway. */
    @Test
    void aHeadlessServiceHasEndpointsInThisClusterOnly() {
        SharedService checkout = Imported.checkout(ServiceType.HEADLESS, Imported.EAST, Imported.WEST);
        assertThat(slices(checkout, known(BOTH, PODS)).values())
                .isNotEmpty()
                .allMatch(slice -> slice.cluster().equals("east"));
    }

    /** By it CoreDNS' plugin, and everybody who reads slices, name one endpoint of a headless service. */
    @Test
    void anEndpointOfAHeadlessServiceSaysWhatItsInstanceIsCalled() {
        // Given
        EndpointNews.Known known = known(
                BOTH,
                called(11, "10.1.0.1:15006", "checkout-0"),
                called(12, "10.1.0.1:15007", "checkout-1"),
                called(13, "10.1.0.3:15006", "checkout-2"),
                called(14, "10.1.0.3:15006", "checkout-3"),
                pod(15, InstanceState.READY, "10.1.0.5:15006"));
        String name = DerivedName.of(Imported.CHECKOUT);
        // When
        Map<String, Slice> slices = slices(Imported.checkout(ServiceType.HEADLESS, Imported.EAST), known);
        // Then
        assertThat(named(slices, name + "-east-4-15006").hostnames())
                .isEqualTo(Map.of("10.1.0.1", new InstanceHostname("checkout-0")));
        assertThat(named(slices, name + "-east-4-15007").hostnames())
                .isEqualTo(Map.of("10.1.0.1", new InstanceHostname("checkout-1")));
        assertThat(slices(Imported.checkout(ServiceType.CLUSTER_SET_IP, Imported.EAST), known)
                        .values())
                .isNotEmpty()
                .allMatch(slice -> slice.hostnames().isEmpty());
    }

    @Test
    void aSliceIsWrittenAgainWhenAHostNameIsAnotherOne() {
        // Given
        GenericKubernetesResource owner = new GenericKubernetesResource();
        owner.setMetadata(
                new ObjectMetaBuilder().withName("checkout").withUid("7").build());
        String name = DerivedName.of(Imported.CHECKOUT) + "-east-4-15006";
        SharedService checkout = Imported.checkout(ServiceType.HEADLESS, Imported.EAST);
        Slice before = named(slices(checkout, known(BOTH, called(11, "10.1.0.1:15006", "checkout-0"))), name);
        Slice after = named(slices(checkout, known(BOTH, called(11, "10.1.0.1:15006", "checkout-1"))), name);
        // When
        EndpointSlice object = before.made(owner);
        // Then
        assertThat(object.getEndpoints().getFirst().getHostname()).isEqualTo("checkout-0");
        assertThat(before.isSaidBy(object, owner)).isTrue();
        assertThat(after.isSaidBy(object, owner)).isFalse();
        assertThat(after.isSaidBy(after.put(object, owner), owner)).isTrue();
    }

    @Test
    void manyInstancesAreSeveralSlicesOfWhichOneChangesWhenOneComes() {
        // Given
        LocalInstance[] pods = IntStream.range(0, 500)
                .mapToObj(i -> pod(i + 1, InstanceState.READY, "10.1." + i / 250 + "." + (i % 250 + 1) + ":15006"))
                .toArray(LocalInstance[]::new);
        LocalInstance[] fewer = Stream.of(pods).skip(1).toArray(LocalInstance[]::new);
        SharedService checkout = Imported.checkout(ServiceType.CLUSTER_SET_IP, Imported.EAST);
        // When
        Collection<Slice> all = slices(checkout, known(BOTH, pods)).values();
        Collection<Slice> before = slices(checkout, known(BOTH, fewer)).values();
        // Then
        assertThat(all.stream()
                        .flatMap(slice -> slice.endpoints().keySet().stream())
                        .collect(Collectors.toSet()))
                .hasSize(500);
        assertThat(all).hasSize(8).allMatch(slice -> slice.endpoints().size() < 1_000);
        assertThat(all.stream().filter(slice -> !before.contains(slice))).hasSize(1);
    }

    @Test
    void anotherClusterHasSoManySlicesAtMostHoweverManyGatewaysAndPortsItSaysItHas() {
        // Given more ports than slices, and a gateway at the last of them that is known to work
        GatewayInstance[] gateways = IntStream.range(0, 200)
                .mapToObj(i -> gateway(
                        200 - i, false, "192.0.2." + (i % 200 + 1) + ":" + (10_000 + i), "[2001:db8::" + i + "]:15443"))
                .toArray(GatewayInstance[]::new);
        EndpointNews.Known known = known(Map.of(Imported.WEST, origin(false, gateways)));
        SharedService checkout = Imported.checkout(ServiceType.CLUSTER_SET_IP, Imported.WEST);
        // When
        Slices.Made made = new Slices(known, Optional.empty(), Set.of(FIRST)).of(checkout.service());
        // Then
        assertThat(made.byName()).hasSize(4);
        assertThat(made.byName().values().stream().flatMap(slice -> slice.endpoints().entrySet().stream()))
                .contains(Map.entry("192.0.2.200", true), Map.entry("2001:db8::199", true));
        int written = made.byName().values().stream()
                .mapToInt(slice -> slice.endpoints().size())
                .sum();
        assertThat(made.leftOut()).isEqualTo(Map.of(Imported.WEST, 400 - written));
    }

    /** The law: what is known makes them, in whatever order it is said. */
    @Test
    void theyAreTheSameInAnyOrderOfNews() {
        var random = new Random(7);
        for (int round = 0; round < 200; round++) {
            // Given
            List<GatewayInstance> gateways = new ArrayList<>();
            for (int i = 1; i <= random.nextInt(6); i++) {
                gateways.add(gateway(
                        i, random.nextInt(4) == 0, "192.0.2." + random.nextInt(1, 9) + ":1544" + random.nextInt(2)));
            }
            List<LocalInstance> pods = new ArrayList<>();
            for (int i = 1; i <= random.nextInt(300); i++) {
                pods.add(pod(
                        i,
                        random.nextBoolean() ? InstanceState.READY : InstanceState.DRAINING,
                        "10.1." + random.nextInt(2) + "." + random.nextInt(1, 200) + ":15006"));
            }
            boolean over = random.nextInt(5) == 0;
            // When
            Map<String, Slice> one = said(over, gateways, pods, Imported.EAST, Imported.WEST);
            Collections.shuffle(gateways, random);
            Collections.shuffle(pods, random);
            Map<String, Slice> other = said(over, gateways, pods, Imported.WEST, Imported.EAST);
            // Then
            assertThat(other).as("round %d", round).isEqualTo(one);
            assertThat(one.values()).allMatch(slice -> !slice.endpoints().isEmpty());
        }
    }

    private static Map<String, Slice> said(
            boolean over, List<GatewayInstance> gateways, List<LocalInstance> pods, ClusterId... clusters) {
        Map<ClusterId, OriginFacts> origins = Map.of(
                Imported.EAST, origin(false), Imported.WEST, origin(over, gateways.toArray(GatewayInstance[]::new)));
        return slices(
                Imported.checkout(ServiceType.CLUSTER_SET_IP, clusters),
                known(origins, pods.toArray(LocalInstance[]::new)));
    }

    @Test
    void aPathThatWorkedCountsUntilTheLeaseIsOver() {
        // Given
        var proven = new Proven();
        GatewayInstance gateway = gateway(1, false, "192.0.2.1:15443");
        var silent = new OriginFacts(List.of(gateway), Set.of(), Duration.ofSeconds(30), Optional.empty(), false);
        // When, then
        assertThat(proven.with(Map.of(Imported.WEST, silent))).isEmpty();
        assertThat(proven.with(Map.of(Imported.WEST, origin(false, gateway)))).containsExactly(FIRST);
        assertThat(proven.with(Map.of(Imported.WEST, silent))).containsExactly(FIRST);
        assertThat(proven.with(Map.of(Imported.WEST, origin(true, gateway)))).isEmpty();
        assertThat(proven.with(Map.of(Imported.WEST, silent))).isEmpty();
    }

    @Test
    void aPathThatWorkedBeforeThisControllerStartedCountsToo() {
        // Given
        OriginFacts silent = unheard(gateway(1, false, "192.0.2.1:15443"), gateway(2, false, "192.0.2.2:15443"));
        var proven = new Proven();
        proven.wereReady("west", Stream.of(new Proven.Place("192.0.2.1", 15_443), new Proven.Place("192.0.2.2", 1)));
        // When its gateways are not known yet, then
        assertThat(proven.with(Map.of(Imported.WEST, unheard()))).isEmpty();
        assertThat(proven.with(Map.of(Imported.WEST, silent))).containsExactly(FIRST);
        assertThat(proven.with(Map.of(Imported.WEST, silent))).containsExactly(FIRST);
        assertThat(proven.with(Map.of(Imported.WEST, origin(true, gateway(1, false, "192.0.2.1:15443")))))
                .isEmpty();
        assertThat(proven.with(Map.of(Imported.WEST, silent))).isEmpty();
    }

    private static OriginFacts unheard(GatewayInstance... gateways) {
        return new OriginFacts(List.of(gateways), Set.of(), Duration.ofSeconds(30), Optional.empty(), false);
    }

    @Test
    void soManyAreWrittenInASecondAndNoMore() {
        // Given
        var limit = new WriteLimit(10, 0);
        // When, then
        assertThat(IntStream.range(0, 100).filter(_ -> limit.takes(0))).hasSize(20);
        assertThat(IntStream.range(0, 100)
                        .filter(_ -> limit.takes(Duration.ofMillis(500).toNanos())))
                .hasSize(5);
        assertThat(IntStream.range(0, 100)
                        .filter(_ -> limit.takes(Duration.ofHours(1).toNanos())))
                .hasSize(20);
    }
}
