package io.tombolo.cli.looking;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.evidence.Arrival;
import io.tombolo.cli.evidence.Condition;
import io.tombolo.cli.evidence.Controller;
import io.tombolo.cli.evidence.Declared;
import io.tombolo.cli.evidence.Division;
import io.tombolo.cli.evidence.Door;
import io.tombolo.cli.evidence.Fact;
import io.tombolo.cli.evidence.Member;
import io.tombolo.cli.evidence.MeshFacts;
import io.tombolo.cli.evidence.Proxy;
import io.tombolo.cli.evidence.ServiceSeen;
import io.tombolo.cli.forward.TimeLeft;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.trustbundle.bundle.BundleSet;
import io.tombolo.trustbundle.bundle.TrustBundle;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import java.util.stream.Stream;

/** Looks at what a controller says. Blocks; changes nothing. */
public final class MeshLook {
    private static final List<String> KINDS = List.of(
            "ServiceExport", "AuthorizationPolicy", "TrafficPolicy", "FailoverPolicy", "HTTPRoute", "GRPCRoute");

    /** More than it gives itself. */
    private static final Duration PATIENCE = ApiClient.TIMEOUT.plusSeconds(5);

    private static final int MEMBERS_AT_ONCE = 4;

    private final ApiClient api;
    private final InstantSource clock;
    private final boolean sameMachine;
    private final TimeLeft time;

    /** @param forwarded whether the controller is reached through something else, and may be anywhere */
    public MeshLook(ApiClient api, InstantSource clock, boolean forwarded, TimeLeft time) {
        this.time = time;
        this.api = api;
        this.clock = clock;
        this.sameMachine =
                !forwarded && URI.create(api.context().api()).getHost().startsWith("127.");
    }

    public MeshFacts facts() {
        Fact<List<Proxy>> first = Fact.of(this::proxies);
        Fact<Controller> controller = Fact.of(() -> Shape.of(get("/status"), Controller.class));
        Instant asked = clock.instant();
        Fact<List<Member>> members = Fact.of(() -> Shape.listOf(get("/clusters"), Member.class));
        Fact<List<Door>> doors = controller.then(own -> own.federation() == null
                ? List.<Door>of()
                : members.stream()
                        .flatMap(List::stream)
                        .filter(Member::local)
                        .flatMap(member -> doors(own, member))
                        .toList());
        Fact<List<ServiceSeen>> services = Fact.of(() -> Shape.listOf(get("/services"), ServiceSeen.class));
        return new MeshFacts(
                controller,
                controller.then(own -> Duration.between(asked, Instant.parse(own.now()))),
                Fact.of(() -> get("/version").path("version").asText()),
                members,
                services,
                controller.then(own ->
                        own.member() ? Shape.listOf(get("/failover?service="), Division.class) : List.<Division>of()),
                first.then(before -> settled(before, proxies())),
                Fact.of(() -> KINDS.stream().flatMap(this::declared).toList()),
                doors,
                arrivals(controller, members, services));
    }

    private JsonNode get(String path) {
        return time.within(
                PATIENCE,
                why -> new TomboloException(Fault.NOT_LOOKED_AT, "controller, " + path, why, "use a longer --within"),
                () -> api.get(path));
    }

    private Fact<List<Arrival>> arrivals(
            Fact<Controller> controller, Fact<List<Member>> members, Fact<List<ServiceSeen>> services) {
        List<ServiceSeen> all = services.stream().flatMap(List::stream).toList();
        return controller.then(own -> own.federation() == null
                ? List.<Arrival>of()
                : members.stream()
                        .flatMap(List::stream)
                        .filter(Member::isPeer)
                        .gather(Gatherers.mapConcurrent(MEMBERS_AT_ONCE, member -> arrivals(own, member, all)))
                        .flatMap(List::stream)
                        .toList());
    }

    /** Who does not hold a cluster's bundle proves nothing there. */
    private List<Arrival> arrivals(Controller own, Member member, List<ServiceSeen> services) {
        return switch (Fact.of(() -> bundle(member))) {
            case Fact.Seen<TrustBundle>(TrustBundle bundle) ->
                new Arrivals(own, services, doorbell(true, BundleSet.of(List.of(bundle))))
                        .at(member)
                        .toList();
            case Fact.Unknown<TrustBundle> unknown -> List.of(Arrivals.untried(member, "any", "all", unknown.why()));
        };
    }

    private TrustBundle bundle(Member member) {
        String jwks = get("/trust-bundles/" + new ClusterId(member.cluster()).value())
                .path("jwks")
                .asText();
        return TrustBundle.parse(new TrustDomain(member.trustDomain()), jwks.getBytes(StandardCharsets.UTF_8));
    }

    private Doorbell doorbell(boolean asThere, BundleSet bundles) {
        return new Doorbell(asThere, bundles, clock, time);
    }

    private List<Proxy> proxies() {
        return Shape.listOf(get("/proxies"), Proxy.class);
    }

    /** A change is on its way for a moment: who had the newest configuration before, or has it now, is well. */
    static List<Proxy> settled(List<Proxy> before, List<Proxy> now) {
        Set<String> current =
                before.stream().filter(Proxy::current).map(Proxy::instance).collect(Collectors.toSet());
        return now.stream()
                .map(proxy -> current.contains(proxy.instance()) ? proxy.withCurrent() : proxy)
                .toList();
    }

    private Stream<Door> doors(Controller own, Member member) {
        BundleSet bundles = BundleSet.of(Fact.of(() -> bundle(member)).stream().toList());
        return member.gateways().stream()
                .flatMap(gateway -> gateway.addresses().stream()
                        .map(address -> doorbell(sameMachine, bundles)
                                .ring(
                                        gateway.instance(),
                                        address,
                                        "probe." + gateway.instance() + "." + own.cluster() + "." + own.federation()
                                                + ".tombolo")));
    }

    private Stream<Declared> declared(String kind) {
        return get("/resources/" + kind).valueStream().map(MeshLook::declared);
    }

    private static Declared declared(JsonNode resource) {
        JsonNode status = resource.path("status");
        Stream<JsonNode> conditions = Stream.concat(
                status.path("conditions").valueStream(),
                status.path("parents")
                        .valueStream()
                        .flatMap(parent -> parent.path("conditions").valueStream()));
        return new Declared(
                resource.path("kind").asText(),
                resource.at("/metadata/namespace").asText(),
                resource.at("/metadata/name").asText(),
                false,
                conditions.map(one -> Shape.of(one, Condition.class)).toList());
    }
}
