package io.tombolo.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.tombolo.model.authorization.Among;
import io.tombolo.model.authorization.AuthorizationPolicy;
import io.tombolo.model.authorization.AuthorizationRule;
import io.tombolo.model.authorization.CallerMatch;
import io.tombolo.model.authorization.HeaderMatch;
import io.tombolo.model.authorization.IdPattern;
import io.tombolo.model.authorization.PathPattern;
import io.tombolo.model.authorization.RequestMatch;
import io.tombolo.model.catalog.AddressRange;
import io.tombolo.model.catalog.AddressRules;
import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.ClusterGateways;
import io.tombolo.model.catalog.Consumer;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.Freshness;
import io.tombolo.model.catalog.GatewayInstance;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.ImportNames;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.catalog.LocalInstance;
import io.tombolo.model.catalog.MemberEntry;
import io.tombolo.model.catalog.MemberState;
import io.tombolo.model.catalog.OriginFreshness;
import io.tombolo.model.catalog.OwnCluster;
import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.catalog.RosterEntry;
import io.tombolo.model.catalog.ServedService;
import io.tombolo.model.catalog.ServiceHealth;
import io.tombolo.model.catalog.ServiceType;
import io.tombolo.model.catalog.WorkloadEndpoint;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.httproute.Backend;
import io.tombolo.model.httproute.HeaderChange;
import io.tombolo.model.httproute.HttpRoute;
import io.tombolo.model.httproute.NameValue;
import io.tombolo.model.httproute.PathChange;
import io.tombolo.model.httproute.PathMatch;
import io.tombolo.model.httproute.Redirect;
import io.tombolo.model.httproute.RouteLimits;
import io.tombolo.model.httproute.RouteMatch;
import io.tombolo.model.httproute.RouteRetry;
import io.tombolo.model.httproute.RouteRule;
import io.tombolo.model.httproute.RouteTarget;
import io.tombolo.model.httproute.ValueMatch;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationId;
import io.tombolo.model.name.FederationName;
import io.tombolo.model.name.Hostname;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.Locality;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.model.traffic.Balance;
import io.tombolo.model.traffic.EjectionPolicy;
import io.tombolo.model.traffic.FaultInjection;
import io.tombolo.model.traffic.HashKey;
import io.tombolo.model.traffic.RateLimit;
import io.tombolo.model.traffic.RetryBudget;
import io.tombolo.model.traffic.TrafficLimits;
import io.tombolo.model.traffic.TrafficPolicy;
import io.tombolo.wire.expression.LinearExpression;
import io.tombolo.wire.feed.Entry;
import io.tombolo.wire.feed.Update;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FeedCodecTest {
    private static final ClusterId WEST = new ClusterId("west");
    private static final TrustDomain DOMAIN = new TrustDomain("west.demo.tombolo");
    private static final ServiceName CHECKOUT = new ServiceName("shop", "checkout");
    private static final SpiffeId ID = new SpiffeId(DOMAIN, "shop", "checkout");
    private static final InstanceId ONE = InstanceId.of(1);
    private static final List<ExportedPort> PORTS = List.of(new ExportedPort(80, "web", AppProtocol.HTTP));
    private static final Instant THEN = Instant.ofEpochMilli(1_770_000_000_000L);

    private static final ServiceHealth HEALTH =
            new ServiceHealth(CHECKOUT, 1, 2, 300, 1, List.of(new RosterEntry(ONE, InstanceState.DRAINING, 7, "a")));

    private static final List<FeedEntry> ALL = List.of(
            new FeedEntry.Own(new OwnCluster(
                    WEST,
                    new FederationName("demo"),
                    FederationId.of(new byte[32]),
                    DOMAIN,
                    new Locality("eu", "a"),
                    Optional.of(new HostPort("::1", 15_080)))),
            new FeedEntry.Member(new MemberEntry(WEST, 1, MemberState.EVICTED, DOMAIN, 3)),
            new FeedEntry.Bundle(DOMAIN, 5, ByteString.copyFromUtf8("{}"), WEST),
            new FeedEntry.Revocation("7", Optional.of(ID), ByteString.EMPTY, DOMAIN),
            new FeedEntry.Served(new ServedService(
                    CHECKOUT,
                    PORTS,
                    true,
                    ExportMode.PASSTHROUGH,
                    List.of(Consumer.ANYONE, new Consumer(Optional.of(WEST), Optional.of("shop"), Optional.of(ID))),
                    Set.of(ID))),
            new FeedEntry.Gateways(new ClusterGateways(
                    WEST,
                    List.of(new GatewayInstance(ONE, List.of(new HostPort("10.0.0.1", 15_443)), 100, true, "")),
                    SpiffeId.gateway(DOMAIN),
                    List.of(new PathHealth(WEST, ONE, 900, PathHealth.State.UP)),
                    true)),
            new FeedEntry.Fresh(new OriginFreshness(WEST, Freshness.STALE, true)),
            new FeedEntry.Imported(new ImportedService(
                    CHECKOUT,
                    PORTS,
                    ServiceType.CLUSTER_SET_IP,
                    "None",
                    List.of(new ImportedService.Source(
                            WEST,
                            new Locality("eu", ""),
                            Set.of(80, 81, 82, 83),
                            Set.of(ID, SpiffeId.gateway(DOMAIN)),
                            ExportMode.PASSTHROUGH,
                            Optional.of(HEALTH),
                            THEN)),
                    Optional.of(THEN))),
            new FeedEntry.Local(new LocalInstance(
                    CHECKOUT,
                    ONE,
                    List.of(new HostPort("127.0.0.1", 15_006)),
                    InstanceState.READY,
                    100,
                    "",
                    Set.of(80),
                    ID)),
            new FeedEntry.Shares(
                    CHECKOUT,
                    List.of(new FeedEntry.Share(WEST, 1_000, "ready")),
                    THEN,
                    0,
                    OptionalLong.empty(),
                    Optional.empty()));

    /** Kinds that came after the first version's golden file. */
    private static final List<FeedEntry> LATER = List.of(
            new FeedEntry.News(THEN, Duration.ofHours(24)),
            new FeedEntry.Dialing(new AddressRules(true, List.of(AddressRange.parse("10.0.0.0/8")))),
            new FeedEntry.Route(route()),
            new FeedEntry.Authorization(policy()),
            new FeedEntry.Traffic(traffic(new Balance.Hash(new HashKey.Header("x-user")), RateLimit.Scope.CALLER)),
            new FeedEntry.Traffic(traffic(new Balance.Hash(new HashKey.Cookie("id")), RateLimit.Scope.INSTANCE)),
            new FeedEntry.Traffic(traffic(new Balance.Hash(new HashKey.Source()), RateLimit.Scope.INSTANCE)),
            new FeedEntry.Traffic(bare(new Balance.RoundRobin())),
            new FeedEntry.Traffic(bare(new Balance.Random())),
            new FeedEntry.Traffic(bare(new Balance.LeastRequest())),
            new FeedEntry.Endpoint(new WorkloadEndpoint(
                    new ServiceName("shop", "ledger"),
                    InstanceId.of(5),
                    "10.0.0.7",
                    Map.of(80, 8_080, 5_432, 5_432),
                    InstanceState.NOT_READY,
                    100,
                    "a")),
            new FeedEntry.Names(ImportNames.of(List.of(CHECKOUT)).getFirst()));

    private static TrafficPolicy bare(Balance balance) {
        return new TrafficPolicy(
                CHECKOUT,
                CHECKOUT,
                THEN,
                balance,
                Duration.ZERO,
                TrafficLimits.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static TrafficPolicy traffic(Balance balance, RateLimit.Scope scope) {
        return new TrafficPolicy(
                new ServiceName("shop", "p"),
                CHECKOUT,
                THEN,
                balance,
                Duration.ofSeconds(30),
                new TrafficLimits(OptionalInt.of(1), OptionalInt.of(0), OptionalInt.of(3), OptionalInt.of(4)),
                Optional.of(new RetryBudget(20, Duration.ofSeconds(10), 5)),
                Optional.of(new EjectionPolicy(3, Duration.ofSeconds(1), Duration.ofSeconds(9), 0.25)),
                Optional.of(new RateLimit(100, Duration.ofSeconds(1), 150, scope)),
                Optional.of(new FaultInjection(
                        Optional.of(new FaultInjection.Delay(50, Duration.ofMillis(200))),
                        Optional.of(new FaultInjection.Abort(10_000, 503)),
                        THEN)));
    }

    private static AuthorizationPolicy policy() {
        var from = new CallerMatch(
                Among.of(
                        List.of(IdPattern.parse("spiffe://east.test/*"), IdPattern.parse("spiffe://east.test/ns/b/*")),
                        List.of(IdPattern.parse("spiffe://east.test/ns/a/sa/b"))),
                Among.of(List.of(new TrustDomain("east.test")), List.of(new TrustDomain("west.test"))),
                Among.of(List.of("shop"), List.of("office")),
                Among.of(List.of(new ClusterId("east")), List.of(new ClusterId("west"))));
        var to = new RequestMatch(
                Among.of(List.of(81, 80), List.of(5432)),
                Among.of(List.of("POST", "get"), List.of("DELETE")),
                Among.of(
                        List.of(PathPattern.parse("/a/*"), PathPattern.parse("/")),
                        List.of(PathPattern.parse("/a/b"))));
        List<HeaderMatch> when = List.of(
                new HeaderMatch.Exact("X-A", "1"),
                new HeaderMatch.Present("b", true),
                new HeaderMatch.Present("c", false));
        return new AuthorizationPolicy(
                CHECKOUT,
                Optional.of("checkout"),
                AuthorizationPolicy.Action.DENY,
                AuthorizationPolicy.Mode.AUDIT,
                List.of(
                        new AuthorizationRule(List.of(from), List.of(to), when),
                        new AuthorizationRule(List.of(), List.of(), List.of())));
    }

    private static HttpRoute route() {
        var change = new HeaderChange(
                List.of(NameValue.changed("a", "1")), List.of(NameValue.changed("b", "2")), List.of("c"));
        var match = new RouteMatch(
                new PathMatch.Exact("/a"),
                Optional.of("GET"),
                List.of(NameValue.header("h", "1")),
                List.of(NameValue.query("q", "2")));
        var forward = new RouteRule(
                List.of(match, RouteMatch.ANY),
                change,
                HeaderChange.NONE,
                new RouteTarget.Forward(
                        List.of(Backend.of(new ServicePort(CHECKOUT, 80), 3), new Backend(Optional.empty(), 1)),
                        Optional.of(new PathChange.Whole("/b"))),
                new RouteLimits(Optional.of(Duration.ZERO), Optional.empty(), Optional.empty()));
        var redirect = new RouteRule(
                List.of(),
                HeaderChange.NONE,
                change,
                new RouteTarget.Elsewhere(new Redirect(
                        Optional.of("https"),
                        Optional.of(new Hostname("a.b")),
                        Optional.of(new PathChange.Prefix("")),
                        OptionalInt.of(8443),
                        308)),
                RouteLimits.NONE);
        return new HttpRoute(
                HttpRoute.Kind.HTTP,
                CHECKOUT,
                THEN,
                List.of(
                        new HttpRoute.Parent(CHECKOUT, OptionalInt.of(80)),
                        new HttpRoute.Parent(CHECKOUT, OptionalInt.empty())),
                List.of(forward, redirect));
    }

    /** Matched by expressions, changed for one backend. */
    private static HttpRoute likeRoute() {
        var change = new HeaderChange(List.of(NameValue.changed("a", "1")), List.of(), List.of("c"));
        var match = new RouteMatch(
                new PathMatch.Like(LinearExpression.of("/v[0-9]+")),
                Optional.empty(),
                List.of(ValueMatch.Like.header("l", LinearExpression.of("x+"))),
                List.of(ValueMatch.Like.query("m", LinearExpression.of("y*"))));
        var target = new RouteTarget.Forward(
                List.of(new Backend(Optional.of(new ServicePort(CHECKOUT, 80)), 3, change, change)),
                Optional.empty(),
                Optional.of(new Hostname("shop.example.com")),
                List.of());
        return new HttpRoute(
                HttpRoute.Kind.GRPC,
                CHECKOUT,
                THEN,
                List.of(new HttpRoute.Parent(CHECKOUT, OptionalInt.empty())),
                List.of(new RouteRule(List.of(match), HeaderChange.NONE, HeaderChange.NONE, target, RouteLimits.NONE)));
    }

    static List<FeedEntry> everything() {
        var all = new ArrayList<>(ALL);
        all.addAll(LATER);
        all.add(new FeedEntry.Route(likeRoute()));
        all.add(new FeedEntry.Served(new ServedService(
                CHECKOUT,
                List.of(),
                true,
                ExportMode.TERMINATE,
                List.of(),
                Set.of(),
                Set.of(new Hostname("shop.example.com"), new Hostname("b.c")))));
        return all;
    }

    @Test
    void everyKindOfEntryReadsBack() {
        for (FeedEntry entry : everything()) {
            assertThat(FeedCodec.toModel(FeedCodec.toWire(entry))).isEqualTo(entry);
        }
    }

    @Test
    void anEntryUnderAnothersKeyIsRefused() {
        for (FeedEntry entry : ALL) {
            Entry moved = FeedCodec.toWire(entry).toBuilder()
                    .setKey("served/shop/other")
                    .build();
            assertThatThrownBy(() -> FeedCodec.toModel(moved)).isInstanceOf(TomboloException.class);
        }
    }

    @Test
    void anUnknownValueOfASecurityFieldIsRefused() {
        Entry.Builder served = FeedCodec.toWire(ALL.get(4)).toBuilder();
        served.getServedBuilder().setModeValue(9);
        assertThatThrownBy(() -> FeedCodec.toModel(served.build())).hasMessageContaining("MALFORMED_RECORD");
    }

    @Test
    void anUnknownCriticalFieldIsRefusedWhereverItStandsAndOthersAreIgnored() {
        for (int number : List.of(999, 1_000, 1_999, 2_000)) {
            Entry.Builder served = FeedCodec.toWire(ALL.get(4)).toBuilder();
            served.getServedBuilder().getConsumersBuilder(1).setUnknownFields(field(number));
            if (number == 1_000 || number == 1_999) {
                assertThatThrownBy(() -> FeedCodec.toModel(served.build()))
                        .hasMessageContaining("UNKNOWN_CRITICAL_FIELD")
                        .hasMessageContaining(" " + number);
            } else {
                assertThat(FeedCodec.toModel(served.build())).isEqualTo(ALL.get(4));
            }
        }
    }

    @Test
    void theDigestDependsOnTheStateAndNotOnItsOrder() {
        var state = new ArrayList<>(ALL.stream().map(FeedCodec::toWire).toList());
        byte[] digest = FeedDigest.of(state);
        Collections.reverse(state);
        assertThat(FeedDigest.fits(state, digest)).isTrue();
        state.removeFirst();
        assertThat(FeedDigest.fits(state, digest)).isFalse();
    }

    /** What version 0.1 sends; controllers and proxies of different versions live side by side during an upgrade. */
    @Test
    void anUpdateIsWrittenAndReadAsInTheFirstVersion() throws IOException {
        var state = ALL.stream().map(FeedCodec::toWire).toList();
        byte[] written = Update.newBuilder()
                .setVersion(1)
                .addAllChanged(state)
                .setDigest(ByteString.copyFrom(FeedDigest.of(state)))
                .build()
                .toByteArray();
        Path golden = Path.of("src/test/resources/golden/v1/feed-update.bin");
        assertThat(written).isEqualTo(Files.readAllBytes(golden));
        Update read = Update.parseFrom(Files.readAllBytes(golden));
        assertThat(read.getChangedList().stream().map(FeedCodec::toModel)).containsExactlyElementsOf(ALL);
        assertThat(FeedDigest.fits(read.getChangedList(), read.getDigest().toByteArray()))
                .isTrue();
    }

    @Test
    void theBytesOfLaterKindsStayAsTheyAreToo() {
        String news =
                HexFormat.of().formatHex(FeedCodec.toWire(LATER.getFirst()).toByteArray());
        String dialing = HexFormat.of().formatHex(FeedCodec.toWire(LATER.get(1)).toByteArray());
        assertThat(news).isEqualTo("0a046e657773620c0880c8e2e1c1331080b89929");
        assertThat(dialing).isEqualTo("0a076469616c696e676a0e0801120a31302e302e302e302f38");
        String route = HexFormat.of().formatHex(FeedCodec.toWire(LATER.get(2)).toByteArray());
        assertThat(route)
                .isEqualTo(
                        "0a1d726f7574652f48545450526f7574652f73686f702f636865636b6f757472d6010a0473686f701208636865636b6f75741880c8e2e1"
                                + "c13322120a0473686f701208636865636b6f7574185022100a0473686f701208636865636b6f75742a5f0a1b0a"
                                + "040a022f6112034745541a060a016812013122060a01711201320a050a0312012f12130a060a01611201311206"
                                + "0a01621201321a01631a0022200a140a0473686f701208636865636b6f7574185020030a02200112040a022f62"
                                + "30002a360a050a0312012f12001a130a060a016112013112060a01621201321a01632a160a0568747470731203"
                                + "612e621a02120020fb4128b402");
        String traffic = HexFormat.of().formatHex(FeedCodec.toWire(LATER.get(4)).toByteArray());
        assertThat(traffic)
                .isEqualTo("0a15747261666669632f73686f702f636865636b6f757482016e0a0473686f701201701a08636865636b6f7574"
                        + "2080c8e2e1c133280332080a06782d7573657238b0ea01420808011000180320044a07081410904e1805520b08"
                        + "0310e80718a84620fa015a0a086410e807189601200162160a05083210c801120608904e10f7031880c8e2e1c1"
                        + "33");
        String names =
                HexFormat.of().formatHex(FeedCodec.toWire(LATER.getLast()).toByteArray());
        assertThat(names).isEqualTo("0a086e616d65732f3164a20112081d120e73686f702f636865636b6f75740a");
        String policy = HexFormat.of().formatHex(FeedCodec.toWire(LATER.get(3)).toByteArray());
        assertThat(policy)
                .isEqualTo("0a1b617574686f72697a6174696f6e2f73686f702f636865636b6f75747afa010a0473686f701208636865"
                        + "636b6f75741a08636865636b6f75742002280232d7010a8a010a520a147370696666653a2f2f656173742e"
                        + "746573742f2a0a1c7370696666653a2f2f656173742e746573742f6e732f622f73612f2a121c7370696666"
                        + "653a2f2f656173742e746573742f6e732f612f73612f6212160a09656173742e746573741209776573742e"
                        + "746573741a0e0a0473686f7012066f6666696365220c0a046561737412047765737412300a080a02505112"
                        + "02b82a12130a034745540a04504f5354120644454c4554451a0f0a012f0a042f612f2a12042f612f621a08"
                        + "0a03782d611201311a050a016218011a050a016318003200");
    }

    /** What is left out of a policy would make it allow more, or deny less. */
    @Test
    void aPolicyWithAnythingUnknownIsRefused() throws InvalidProtocolBufferException {
        Entry entry = FeedCodec.toWire(LATER.get(3));
        var policy = entry.getAuthorization();
        var unknown = UnknownFieldSet.newBuilder()
                .addField(9, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                .build();
        var rule = policy.getRules(0);
        List<io.tombolo.wire.feed.AuthorizationPolicy> strange = List.of(
                policy.toBuilder().setUnknownFields(unknown).build(),
                policy.toBuilder()
                        .setRules(0, rule.toBuilder().setUnknownFields(unknown))
                        .build(),
                policy.toBuilder()
                        .setRules(
                                0,
                                rule.toBuilder()
                                        .setFrom(0, rule.getFrom(0).toBuilder().setUnknownFields(unknown)))
                        .build(),
                policy.toBuilder().setActionValue(3).build(),
                policy.toBuilder().setModeValue(0).build(),
                policy.toBuilder()
                        .setRules(
                                0,
                                rule.toBuilder()
                                        .setFrom(0, io.tombolo.wire.feed.AuthorizationPolicy.From.getDefaultInstance()))
                        .build(),
                policy.toBuilder()
                        .setRules(
                                0,
                                rule.toBuilder()
                                        .setWhen(0, rule.getWhen(0).toBuilder().clearExact()))
                        .build());
        for (io.tombolo.wire.feed.AuthorizationPolicy each : strange) {
            Entry read = Entry.parseFrom(
                    entry.toBuilder().setAuthorization(each).build().toByteArray());
            assertThatThrownBy(() -> FeedCodec.toModel(read)).as("%s", each).isInstanceOf(TomboloException.class);
        }
    }

    @Test
    void aRouteOfGrpcWithItsLimitsIsWrittenAndReadTheSame() {
        // Given
        var limits = new RouteLimits(
                Optional.of(Duration.ofSeconds(2)),
                Optional.of(Duration.ofMillis(250)),
                Optional.of(new RouteRetry(2, Set.of(503, 502), Duration.ofMillis(100))));
        var rule = new RouteRule(
                List.of(),
                HeaderChange.NONE,
                HeaderChange.NONE,
                new RouteTarget.Forward(List.of(), Optional.empty()),
                limits);
        FeedEntry entry = new FeedEntry.Route(new HttpRoute(
                HttpRoute.Kind.GRPC,
                CHECKOUT,
                THEN,
                List.of(new HttpRoute.Parent(CHECKOUT, OptionalInt.empty())),
                List.of(rule)));
        // When
        Entry wire = FeedCodec.toWire(entry);
        // Then
        assertThat(FeedCodec.toModel(wire)).isEqualTo(entry);
        assertThat(wire.getKey()).isEqualTo("route/GRPCRoute/shop/checkout");
        assertThat(HexFormat.of().formatHex(wire.getHttpRoute().getRules(0).toByteArray()))
                .endsWith("30d00f38fa01420a08021204f603f7031864");
    }

    private static UnknownFieldSet field(int number) {
        return UnknownFieldSet.newBuilder()
                .addField(
                        number, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                .build();
    }
}
