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
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks at what a controller says. Blocks; changes nothing. */
public final class MeshLook {
    private static final List<String> KINDS = List.of(
            "ServiceExport", "AuthorizationPolicy", "TrafficPolicy", "FailoverPolicy", "HTTPRoute", "GRPCRoute");

    private final ApiClient api;
    private final InstantSource clock;
    private final boolean sameMachine;

    /** @param forwarded whether the controller is reached through something else, and may be anywhere */
    public MeshLook(ApiClient api, InstantSource clock, boolean forwarded) {
        this.api = api;
        this.clock = clock;
        this.sameMachine =
                !forwarded && URI.create(api.context().api()).getHost().startsWith("127.");
    }

    public MeshFacts facts() {
        Fact<List<Proxy>> first = Fact.of(this::proxies);
        Fact<Controller> controller = Fact.of(() -> Shape.of(api.get("/status"), Controller.class));
        Instant asked = clock.instant();
        Fact<List<Member>> members = Fact.of(() -> Shape.listOf(api.get("/clusters"), Member.class));
        Fact<List<Door>> doors = controller.then(own -> own.federation() == null
                ? List.<Door>of()
                : members.stream()
                        .flatMap(List::stream)
                        .filter(Member::local)
                        .flatMap(member -> doors(own, member))
                        .toList());
        Fact<List<ServiceSeen>> services = Fact.of(() -> Shape.listOf(api.get("/services"), ServiceSeen.class));
        return new MeshFacts(
                controller,
                controller.then(own -> Duration.between(asked, Instant.parse(own.now()))),
                Fact.of(() -> api.get("/version").path("version").asText()),
                members,
                services,
                controller.then(own -> own.member()
                        ? Shape.listOf(api.get("/failover?service="), Division.class)
                        : List.<Division>of()),
                first.then(before -> settled(before, proxies())),
                Fact.of(() -> KINDS.stream().flatMap(this::declared).toList()),
                doors,
                arrivals(controller, members, services));
    }

    private static Fact<List<Arrival>> arrivals(
            Fact<Controller> controller, Fact<List<Member>> members, Fact<List<ServiceSeen>> services) {
        return controller.then(own -> own.federation() == null
                ? List.<Arrival>of()
                : members.stream()
                        .flatMap(List::stream)
                        .filter(Member::isPeer)
                        .flatMap(member -> new Arrivals(
                                        own,
                                        services.stream().flatMap(List::stream).toList())
                                .at(member))
                        .toList());
    }

    private List<Proxy> proxies() {
        return Shape.listOf(api.get("/proxies"), Proxy.class);
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
        return member.gateways().stream()
                .flatMap(gateway -> gateway.addresses().stream()
                        .map(address -> new Doorbell(sameMachine)
                                .ring(
                                        gateway.instance(),
                                        address,
                                        "probe." + gateway.instance() + "." + own.cluster() + "." + own.federation()
                                                + ".tombolo")));
    }

    private Stream<Declared> declared(String kind) {
        return api.get("/resources/" + kind).valueStream().map(MeshLook::declared);
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
