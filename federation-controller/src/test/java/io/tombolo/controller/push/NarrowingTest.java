package io.tombolo.controller.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.ImportNames;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.catalog.LocalInstance;
import io.tombolo.model.catalog.MemberEntry;
import io.tombolo.model.catalog.MemberState;
import io.tombolo.model.catalog.ServedService;
import io.tombolo.model.catalog.ServiceAddresses;
import io.tombolo.model.catalog.ServiceType;
import io.tombolo.model.httproute.Backend;
import io.tombolo.model.httproute.HeaderChange;
import io.tombolo.model.httproute.HttpRoute;
import io.tombolo.model.httproute.RouteLimits;
import io.tombolo.model.httproute.RouteRule;
import io.tombolo.model.httproute.RouteTarget;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.model.traffic.Balance;
import io.tombolo.model.traffic.TrafficLimits;
import io.tombolo.model.traffic.TrafficPolicy;
import io.tombolo.wire.codec.FeedCodec;
import io.tombolo.wire.codec.FeedEntry;
import io.tombolo.wire.feed.Entry;
import io.tombolo.wire.feed.Start;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NarrowingTest {
    private static final ServiceName CART = new ServiceName("shop", "cart");
    private static final ServiceName CART_NEXT = new ServiceName("shop", "cart-next");
    private static final ServiceName CHECKOUT = new ServiceName("shop", "checkout");
    private static final ServiceName OWN = new ServiceName("shop", "web");
    private static final ClusterId WEST = new ClusterId("west");
    private static final TrustDomain DOMAIN = new TrustDomain("west.test");
    private static final List<ExportedPort> PORTS = List.of(new ExportedPort(80, "", AppProtocol.HTTP));

    private final SortedMap<String, Entry> all = new TreeMap<>();

    NarrowingTest() {
        put(new FeedEntry.Member(new MemberEntry(WEST, 1, MemberState.ADMITTED, DOMAIN, 1)));
        put(new FeedEntry.Served(new ServedService(
                OWN, PORTS, false, ExportMode.PASSTHROUGH, List.of(), Set.of(new SpiffeId(DOMAIN, "shop", "web")))));
        for (ServiceName service : List.of(CART, CART_NEXT, CHECKOUT)) {
            put(new FeedEntry.Imported(new ImportedService(
                    service, PORTS, ServiceType.CLUSTER_SET_IP, "None", List.of(), Optional.empty())));
            put(new FeedEntry.Local(new LocalInstance(
                    service,
                    InstanceId.of(1),
                    List.of(new HostPort("127.0.0.1", 15_006)),
                    InstanceState.READY,
                    100,
                    "",
                    Set.of(80),
                    new SpiffeId(DOMAIN, "shop", service.name()))));
        }
        put(new FeedEntry.Addresses(new ServiceAddresses(CART, List.of(InetAddress.ofLiteral("10.96.0.7")))));
        for (ServiceName service : List.of(CART_NEXT, CHECKOUT, OWN)) {
            put(new FeedEntry.Traffic(new TrafficPolicy(
                    service,
                    service,
                    Instant.EPOCH,
                    Balance.DEFAULT,
                    Duration.ZERO,
                    TrafficLimits.NONE,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty())));
        }
        put(new FeedEntry.Route(new HttpRoute(
                HttpRoute.Kind.HTTP,
                CART,
                Instant.EPOCH,
                List.of(new HttpRoute.Parent(CART, OptionalInt.empty())),
                List.of(new RouteRule(
                        List.of(),
                        HeaderChange.NONE,
                        HeaderChange.NONE,
                        new RouteTarget.Forward(
                                List.of(Backend.of(new ServicePort(CART_NEXT, 80), 1)), Optional.empty()),
                        RouteLimits.NONE)))));
    }

    private void put(FeedEntry entry) {
        all.put(entry.key(), FeedCodec.toWire(entry));
    }

    private Set<String> narrowed(String... services) {
        return new Narrowing(all).of(Set.of(services), Start.Addresses.CALLED).keySet();
    }

    private static String bucket(ServiceName name) {
        return String.format("names/%02x", ImportNames.bucket(name));
    }

    @Test
    void whoCallsNobodyGetsNamesAndWhatIsItsOwn() {
        assertThat(narrowed())
                .containsExactlyInAnyOrder(
                        "member/west",
                        "served/shop/web",
                        "traffic/shop/web",
                        bucket(CART),
                        bucket(CART_NEXT),
                        bucket(CHECKOUT));
    }

    @Test
    void aServiceComesWithItsInstancesRoutesPoliciesAndWhereTheyLead() {
        assertThat(narrowed("shop/cart"))
                .contains(
                        "imported/shop/cart",
                        "addresses/shop/cart",
                        "local/shop/cart/" + InstanceId.of(1),
                        "route/HTTPRoute/shop/cart",
                        "imported/shop/cart-next",
                        "local/shop/cart-next/" + InstanceId.of(1),
                        "traffic/shop/cart-next")
                .doesNotContain("imported/shop/checkout", "traffic/shop/checkout");
    }

    @Test
    void whoIsCalledByAddressGetsTheAddressesOfWhatItDoesNotCallYet() {
        assertThat(narrowed()).doesNotContain("addresses/shop/cart");
        assertThat(new Narrowing(all).of(Set.of(), Start.Addresses.ALL).keySet())
                .contains("addresses/shop/cart")
                .doesNotContain("imported/shop/cart");
    }

    @Test
    void whoDoesNotKnowAddressesGetsNone() {
        assertThat(new Narrowing(all)
                        .of(Set.of("shop/cart"), Start.Addresses.NONE)
                        .keySet())
                .contains("imported/shop/cart")
                .noneMatch(key -> key.startsWith("addresses/"));
    }

    /** Interest asks for less of what a role may know, never for more. */
    @Test
    void whatMayNotBeCalledIsNotThereForBeingAskedFor() {
        assertThat(narrowed("shop/secret", "shop", "../x", "shop/cart/", "", "member/west"))
                .isEqualTo(narrowed());
    }

    @Test
    void everythingTogetherIsEverything() {
        assertThat(narrowed("shop/cart", "shop/checkout")).containsAll(all.keySet());
    }

    /** All that a sidecar gets of ten thousand services that it does not call. */
    @Test
    void tenThousandServicesThatAreNotCalledAreNamesOfLessThanHalfAMebibyte() {
        // Given
        for (int i = 0; i < 10_000; i++) {
            put(new FeedEntry.Imported(new ImportedService(
                    new ServiceName("department-" + i % 50, "service-" + i),
                    PORTS,
                    ServiceType.CLUSTER_SET_IP,
                    "None",
                    List.of(),
                    Optional.empty())));
        }
        // When
        SortedMap<String, Entry> narrowed =
                new Narrowing(all).of(Set.of("shop/cart", "department-7/service-7"), Start.Addresses.CALLED);
        // Then
        int bytes =
                narrowed.values().stream().mapToInt(Entry::getSerializedSize).sum();
        assertThat(bytes).isLessThan(512 * 1_024);
        assertThat(narrowed).hasSizeLessThan(ImportNames.BUCKETS + 20).containsKey("imported/department-7/service-7");
    }
}
