package io.tombolo.cli.judging;

import io.tombolo.cli.evidence.Arrival;
import io.tombolo.cli.evidence.Condition;
import io.tombolo.cli.evidence.Controller;
import io.tombolo.cli.evidence.Declared;
import io.tombolo.cli.evidence.Definition;
import io.tombolo.cli.evidence.Division;
import io.tombolo.cli.evidence.Door;
import io.tombolo.cli.evidence.Evidence;
import io.tombolo.cli.evidence.Fact;
import io.tombolo.cli.evidence.Hook;
import io.tombolo.cli.evidence.Installed;
import io.tombolo.cli.evidence.KubeFacts;
import io.tombolo.cli.evidence.Member;
import io.tombolo.cli.evidence.MeshFacts;
import io.tombolo.cli.evidence.Node;
import io.tombolo.cli.evidence.Pod;
import io.tombolo.cli.evidence.Proxy;
import io.tombolo.cli.evidence.Right;
import io.tombolo.cli.evidence.ServiceSeen;
import io.tombolo.cli.evidence.Space;
import io.tombolo.cli.evidence.Spoken;
import io.tombolo.cli.evidence.WantedKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A cluster east on Kubernetes that calls west, and all of it is well; whoever wants changes one thing. */
final class Scene {
    static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
    static final String GATEWAY = "spiffe://east.demo.tombolo/ns/tombolo-system/sa/gateway";

    Fact<Controller> controller = Fact.seen(controller("JOINED", backbone("CONNECTED"), false, List.of(), null));
    Fact<Duration> controllerAhead = Fact.seen(Duration.ofMillis(-3));
    Fact<String> software = Fact.seen("0.1.0");
    Fact<List<Member>> members = Fact.seen(List.of(own("UP"), west("FRESH", 0, "READY", path("UP", 900))));
    Fact<List<ServiceSeen>> services = Fact.seen(List.of(service(1)));
    Fact<List<Division>> divisions = Fact.seen(List.of(division("USABLE", false, 0)));
    Fact<List<Proxy>> proxies = Fact.seen(List.of(proxy(true, "", "0.1.0", 80_000_000)));
    Fact<List<Declared>> declared = Fact.seen(List.of(declared("FailoverPolicy", false, "Accepted", "True")));
    Fact<List<Door>> doors = Fact.seen(List.of(door(true, new Door.Proven(GATEWAY))));
    Fact<List<Arrival>> arrivals =
            Fact.seen(List.of(arrival(new Door.Proven("spiffe://west.demo.tombolo/ns/shop/sa/checkout"))));
    Fact<String> version = Fact.seen("v1.34.3");
    Fact<Duration> ahead = Fact.seen(Duration.ofMillis(400));
    Fact<List<Definition>> kinds = Fact.seen(WantedKind.ALL.stream()
            .map(kind -> new Definition(kind.name(), Set.of(kind.version()), true, true))
            .toList());
    Fact<List<Right>> rights = Fact.seen(List.of(right(true)));
    Fact<List<Hook>> hooks = Fact.seen(List.of(hook(true, Optional.of(NOW.plus(Duration.ofDays(99))), "Fail", 1)));
    Fact<List<Space>> spaces =
            Fact.seen(List.of(new Space("tombolo-system", false, false), new Space("shop", false, true)));
    Fact<List<String>> classes = Fact.seen(List.of("standard"));
    Fact<List<Node>> nodes = Fact.seen(List.of(new Node("one", "linux", "amd64")));
    Fact<List<Installed.Part>> parts =
            Fact.seen(List.of(new Installed.Part("statefulset", "tombolo-controller", 1, 1)));
    Fact<List<Pod>> pods = Fact.seen(List.of(
            pod("tombolo-system", "tombolo-controller-0", "", false, container("controller", true, "", "", 0)),
            pod("shop", "checkout-5d-x", "deployment/checkout", true, container("tombolo-sidecar", true, "", "", 0))));
    Fact<List<Installed.Claim>> claims = Fact.seen(List.of(new Installed.Claim("state-tombolo-controller-0", "Bound")));
    Fact<List<Installed.Balancer>> balancers = Fact.seen(List.of(new Installed.Balancer("tombolo-gateway", true)));
    Fact<Installed.Dns> dns = Fact.seen(new Installed.Dns(List.of("10.96.0.53"), Optional.of(List.of("10.96.0.53"))));
    Fact<Optional<Installed.Leading>> leading = Fact.seen(Optional.empty());
    Fact<List<Declared>> objects = Fact.seen(List.of(declared("ServiceExport", true, "Valid", "True")));
    String commandVersion = "0.1.0";
    boolean before;

    Evidence evidence() {
        var mesh = new MeshFacts(
                controller,
                controllerAhead,
                software,
                members,
                services,
                divisions,
                proxies,
                declared,
                doors,
                arrivals);
        var installed = new Installed(parts, pods, claims, balancers, dns, leading, objects);
        var kube = new KubeFacts(
                version,
                ahead,
                kinds,
                rights,
                hooks,
                spaces,
                classes,
                nodes,
                before ? Optional.empty() : Optional.of(installed));
        return new Evidence(
                before ? Optional.empty() : Optional.of(mesh),
                Optional.of(kube),
                commandVersion,
                NOW,
                new Spoken(List.of("--kube-context", "east"), "east"));
    }

    /** Of the two controllers that the chart runs then both are ready. */
    void hasTwoControllers(Optional<Installed.Leading> named) {
        parts = Fact.seen(List.of(new Installed.Part("statefulset", "tombolo-controller", 2, 2)));
        leading = Fact.seen(named);
    }

    static Controller controller(
            String state,
            Controller.@Nullable Backbone backbone,
            boolean cutOff,
            List<String> warnings,
            Controller.@Nullable Job job) {
        return new Controller(
                "east", "demo", "east.demo.tombolo", state, backbone, cutOff, warnings, NOW.toString(), job);
    }

    static Controller.Backbone backbone(String state) {
        return new Controller.Backbone(state, 400, 0);
    }

    static Member own(String seen) {
        return new Member(
                "east",
                "ADMITTED",
                "east.demo.tombolo",
                true,
                "FRESH",
                0,
                0,
                List.of(gateway("east", List.of(), seen)),
                1,
                "READY",
                Map.of(),
                List.of());
    }

    static Member west(String freshness, long offsetMs, String trust, Member.Path... paths) {
        return new Member(
                "west",
                "ADMITTED",
                "west.demo.tombolo",
                false,
                freshness,
                7_000,
                offsetMs,
                List.of(gateway("west", List.of(paths), "")),
                2,
                trust,
                Map.of(),
                List.of());
    }

    static Member.Gateway gateway(String cluster, List<Member.Path> paths, String seen) {
        return new Member.Gateway(
                "g" + cluster,
                List.of(cluster + ".example.org:15443"),
                false,
                paths,
                seen.isEmpty() ? List.of() : List.of(new Member.Seen("west", seen, 300)));
    }

    static Member.Path path(String state, long ageMs) {
        return new Member.Path("geast", state, 400, ageMs);
    }

    static ServiceSeen service(int readyHere, Condition... conditions) {
        return new ServiceSeen(
                "shop",
                "checkout",
                true,
                List.of(
                        new ServiceSeen.Source("east", readyHere, true, List.of(80), List.of()),
                        new ServiceSeen.Source("west", 2, false, List.of(80), List.of())),
                List.of(conditions));
    }

    static Division division(String standing, boolean panic, double shed) {
        return new Division(
                "shop/checkout",
                panic,
                shed,
                List.of(),
                List.of(new Division.Side("west", 1, standing, "as " + standing)));
    }

    static Proxy proxy(boolean current, String error, String software, long leftMs) {
        return new Proxy(
                "p1",
                "workload",
                "spiffe://east.demo.tombolo/ns/shop/sa/checkout",
                current,
                true,
                false,
                error,
                software,
                leftMs,
                86_400_000);
    }

    static Declared declared(String kind, boolean object, String type, String status) {
        return new Declared(
                kind, "shop", "checkout", object, List.of(new Condition(type, status, "Because", "so it is")));
    }

    static Door door(boolean telling, Door.Answer answer) {
        return new Door("geast", "east.example.org:15443", telling, answer);
    }

    static Arrival arrival(Door.Answer answer) {
        return new Arrival(
                "checkout.shop",
                "west",
                "gwest at west.example.org:15443",
                Set.of("spiffe://west.demo.tombolo/ns/shop/sa/checkout"),
                answer);
    }

    static Right right(boolean allowed) {
        return new Right("update", "multicluster.x-k8s.io", "serviceexports/status", "", "", allowed);
    }

    static Hook hook(boolean ours, Optional<Instant> ends, String policy, int behind) {
        return new Hook("tombolo-inject", "inject.tombolo.io", ours, ends, policy, behind);
    }

    static Pod pod(String namespace, String name, String owner, boolean sidecar, Pod.Container container) {
        return new Pod(namespace, name, owner, sidecar, !namespace.equals("shop"), List.of(container));
    }

    static Pod.Container container(String name, boolean started, String waiting, String ended, int exitCode) {
        return new Pod.Container(name, started, 3, waiting, ended, exitCode);
    }
}
