package io.tombolo.cli.judging;

import static io.tombolo.cli.judging.Scene.backbone;
import static io.tombolo.cli.judging.Scene.controller;
import static io.tombolo.cli.judging.Scene.path;
import static io.tombolo.cli.judging.Scene.west;
import static io.tombolo.cli.judging.Seed.doubt;
import static io.tombolo.cli.judging.Seed.seed;

import io.tombolo.cli.evidence.Controller;
import io.tombolo.cli.evidence.Fact;
import io.tombolo.cli.evidence.Member;
import io.tombolo.model.fault.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What can be wrong with a controller, its backbone, and what it hears of others. */
final class SeedsMembership {
    static final List<Seed> ALL = List.of(
            seed(
                    "a controller that is away",
                    Fault.CONTROLLER_UNREACHABLE,
                    "kubectl --context=east get pods -n tombolo-system",
                    s -> s.controller =
                            new Fact.Unknown<>(Fault.CONTROLLER_UNREACHABLE, "controller", "no answer", "start it")),
            seed(
                    "no member",
                    Fault.NOT_JOINED,
                    "tombolo join --token-file join.token",
                    s -> s.controller =
                            Fact.seen(controller("UNJOINED", backbone("CONNECTED"), false, List.of(), null))),
            seed(
                    "an expired token",
                    Fault.TOKEN_EXPIRED,
                    "tombolo join --token-file",
                    s -> s.controller = failedJoin("TB-4002")),
            seed(
                    "a used token",
                    Fault.TOKEN_USED,
                    "tombolo join --token-file",
                    s -> s.controller = failedJoin("TB-4003")),
            seed(
                    "an evicted cluster",
                    Fault.NOT_A_MEMBER,
                    "tombolo join",
                    s -> s.controller =
                            Fact.seen(controller("EVICTED", backbone("CONNECTED"), false, List.of(), null))),
            seed(
                    "a clone",
                    Fault.CLONED,
                    "tombolo status --kube-context east",
                    s -> s.controller = Fact.seen(controller("CLONED", backbone("CONNECTED"), false, List.of(), null))),
            seed(
                    "Kafka away",
                    Fault.BACKBONE_UNREACHABLE,
                    "tombolo status",
                    s -> s.controller =
                            Fact.seen(controller("JOINED", backbone("UNREACHABLE"), true, List.of(), null))),
            seed(
                    "Kafka that refuses",
                    Fault.BACKBONE_DENIED,
                    "tombolo status",
                    s -> s.controller = Fact.seen(controller("JOINED", backbone("DENIED"), false, List.of(), null))),
            seed(
                    "a topic that is gone",
                    Fault.BACKBONE_MISCONFIGURED,
                    "tombolo status",
                    s -> s.controller =
                            warned("topic tombolo.demo.members does not exist; what was verified of it stays in use")),
            doubt(
                    "a member without a log",
                    Fault.BACKBONE_UNREACHABLE,
                    "tombolo status",
                    s -> s.controller = Fact.seen(controller("JOINED", null, false, List.of(), null))),
            doubt("a member that knows nobody", Fault.CLUSTER_STALE, "tombolo clusters", s -> {
                s.members = Fact.seen(List.of());
                s.doors = Fact.seen(List.of());
            }),
            seed(
                    "cut off",
                    Fault.CUT_OFF,
                    "tombolo status",
                    s -> s.controller = Fact.seen(controller("JOINED", backbone("CONNECTED"), true, List.of(), null))),
            seed(
                    "cut off, as its controller warns too",
                    Fault.CUT_OFF,
                    "tombolo status",
                    s -> s.controller = Fact.seen(controller(
                            "JOINED",
                            backbone("CONNECTED"),
                            true,
                            List.of("this cluster is cut off from the backbone: leases are frozen"),
                            null))),
            seed(
                    "a warning that only says cut off",
                    Fault.CONTROLLER_WARNS,
                    "tombolo status",
                    s -> s.controller = warned("topics of west were cut off by a retention that is too short")),
            doubt(
                    "a clock nobody tells of",
                    Fault.CLOCK_OFF,
                    "tombolo clusters -o json",
                    s -> s.members = members(ageless())),
            seed(
                    "something else",
                    Fault.CONTROLLER_WARNS,
                    "tombolo status",
                    s -> s.controller = warned("the members log was forked: see `tombolo clusters`")),
            seed(
                    "clock of the controller",
                    Fault.CLOCK_OFF,
                    "timedatectl status",
                    s -> s.controllerAhead = Fact.seen(Duration.ofMinutes(2))),
            seed(
                    "clock of another cluster",
                    Fault.CLOCK_OFF,
                    "timedatectl status",
                    s -> s.members = members(west("STALE", 61_000, "READY", path("UP", 0)))),
            seed(
                    "silence",
                    Fault.CLUSTER_STALE,
                    "tombolo status --context west",
                    s -> s.members = members(west("STALE", 0, "READY", path("UP", 0)))),
            doubt(
                    "never heard of",
                    Fault.CLUSTER_STALE,
                    "tombolo status --context west",
                    s -> s.members = members(west("UNKNOWN", 0, "READY", path("UP", 0)))),
            seed(
                    "a lease that is over",
                    Fault.CLUSTER_EXPIRED,
                    "tombolo status --context west",
                    s -> s.members = members(west("EXPIRED", 0, "READY", path("UP", 0)))),
            seed(
                    "trust that is pending",
                    Fault.PENDING_TRUST,
                    "tombolo status --context west",
                    s -> s.members = members(west("FRESH", 0, "PENDING_TRUST", path("UP", 0)))),
            seed(
                    "an address that is refused",
                    Fault.ADDRESS_LEFT_OUT,
                    "tombolo clusters -o json",
                    s -> s.members = members(leftOut())));

    private SeedsMembership() {}

    private static Fact<List<Member>> members(Member other) {
        return Fact.seen(List.of(Scene.own("UP"), other));
    }

    private static Member ageless() {
        Member west = west("FRESH", 0, "READY", path("UP", 0));
        return new Member(
                west.cluster(),
                west.state(),
                west.trustDomain(),
                false,
                "FRESH",
                -1,
                0,
                west.gateways(),
                west.exports(),
                west.trust(),
                west.refused(),
                west.leftOut());
    }

    private static Member leftOut() {
        Member west = west("FRESH", 0, "READY", path("UP", 0));
        return new Member(
                "west",
                "ADMITTED",
                "west.demo.tombolo",
                false,
                "FRESH",
                7,
                0,
                west.gateways(),
                2,
                "READY",
                Map.of(),
                List.of("127.0.0.1:15443 of gateway g9 is refused: loopback"));
    }

    private static Fact<Controller> failedJoin(String code) {
        return Fact.seen(controller(
                "UNJOINED",
                backbone("CONNECTED"),
                false,
                List.of(),
                new Controller.Job("FAILED", new Controller.Failure(code, "token 7f", "is over", "make another one"))));
    }

    private static Fact<Controller> warned(String warning) {
        return Fact.seen(controller("JOINED", backbone("CONNECTED"), false, List.of(warning), null));
    }
}
