package io.tombolo.cli.judging;

import static io.tombolo.cli.judging.Scene.division;
import static io.tombolo.cli.judging.Scene.door;
import static io.tombolo.cli.judging.Scene.own;
import static io.tombolo.cli.judging.Scene.path;
import static io.tombolo.cli.judging.Scene.west;
import static io.tombolo.cli.judging.Seed.doubt;
import static io.tombolo.cli.judging.Seed.seed;

import io.tombolo.cli.evidence.Door;
import io.tombolo.cli.evidence.Fact;
import io.tombolo.cli.evidence.Member;
import io.tombolo.model.fault.Fault;
import java.util.List;
import java.util.Map;

/** Why calls across clusters do not work, or nobody knows whether they do. */
final class SeedsCalls {
    static final List<Seed> ALL = List.of(
            seed(
                    "calls that fail",
                    Fault.PATH_NOT_PROVEN,
                    "tombolo check --context west",
                    s -> s.members = members(west("FRESH", 0, "READY", path("DOWN", 900)))),
            seed(
                    "calls that fail from one gateway of two",
                    Fault.PATH_NOT_PROVEN,
                    "tombolo check --context west",
                    s -> s.members = members(
                            west("FRESH", 0, "READY", path("UP", 900), new Member.Path("gother", "DOWN", 0, 900)))),
            doubt("calls that one gateway of two tells nothing of", Fault.PATH_NOT_MEASURED, "tombolo clusters", s -> {
                s.members = Fact.seen(List.of(twoGateways(), west("FRESH", 0, "READY", path("UP", 900))));
            }),
            seed(
                    "an exporter without gateway",
                    Fault.PATH_NOT_PROVEN,
                    "tombolo check --context west",
                    s -> s.members = members(gatewayless())),
            doubt(
                    "calls nobody made",
                    Fault.PATH_NOT_MEASURED,
                    "tombolo clusters -o json",
                    s -> s.members = members(west("FRESH", 0, "READY"))),
            doubt(
                    "calls of long ago",
                    Fault.PATH_NOT_MEASURED,
                    "tombolo clusters -o json",
                    s -> s.members = members(west("FRESH", 0, "READY", path("UP", 31_000)))),
            doubt(
                    "calls of who says nothing more",
                    Fault.PATH_NOT_MEASURED,
                    "tombolo clusters",
                    s -> s.members = members(west("FRESH", 0, "READY", path("UP", -1)))),
            seed("no gateway here", Fault.NO_GATEWAY, "helm upgrade tombolo", s -> {
                s.members = Fact.seen(List.of(unreachable(), west("FRESH", 0, "READY", path("UP", 0))));
                s.doors = Fact.seen(List.of());
            }),
            seed("a closed port", Fault.GATEWAY_PORT_CLOSED, "nc -vz east.example.org 15443", s -> {
                s.members = Fact.seen(List.of(own(""), west("FRESH", 0, "READY", path("UP", 0))));
                s.doors = Fact.seen(List.of(door(true, new Door.Closed("connection refused"))));
            }),
            seed("a closed port at an IPv6 address", Fault.GATEWAY_PORT_CLOSED, "nc -vz 2001:db8::1 15443", s -> {
                s.members = Fact.seen(List.of(own(""), west("FRESH", 0, "READY", path("UP", 0))));
                s.doors = Fact.seen(
                        List.of(new Door("geast", "[2001:db8::1]:15443", true, new Door.Closed("connection refused"))));
            }),
            doubt("a port of another network", Fault.GATEWAY_PORT_CLOSED, "nc -vz", s -> {
                s.members = Fact.seen(List.of(own(""), west("FRESH", 0, "READY", path("UP", 0))));
                s.doors = Fact.seen(List.of(door(false, new Door.Closed("timed out"))));
            }),
            seed(
                    "somebody else's gateway",
                    Fault.GATEWAY_OF_OTHERS,
                    "tombolo clusters -o json",
                    s -> s.doors = Fact.seen(List.of(
                            door(true, new Door.Proven("spiffe://west.demo.tombolo/ns/tombolo-system/sa/gateway"))))),
            seed(
                    "a web server",
                    Fault.GATEWAY_OF_OTHERS,
                    "tombolo clusters -o json",
                    s -> s.doors = Fact.seen(List.of(door(true, new Door.Shown("", false, "broke off"))))),
            doubt(
                    "a gateway's certificate that is only shown",
                    Fault.NOT_LOOKED_AT,
                    "tombolo clusters -o json",
                    s -> s.doors =
                            Fact.seen(List.of(door(true, new Door.Shown(Scene.GATEWAY, false, "no bundle is held"))))),
            seed(
                    "a forged certificate of a gateway",
                    Fault.GATEWAY_OF_OTHERS,
                    "tombolo clusters -o json",
                    s -> s.doors = Fact.seen(List.of(door(true, new Door.Shown(Scene.GATEWAY, true, "no path"))))),
            doubt(
                    "a gateway that nobody had the time to ask",
                    Fault.NOT_LOOKED_AT,
                    "tombolo clusters -o json",
                    s -> s.doors = Fact.seen(List.of(door(true, new Door.Unasked("the time is over"))))),
            doubt(
                    "an instance whose certificate is only shown",
                    Fault.NOT_LOOKED_AT,
                    "tombolo status --context west",
                    s -> s.arrivals = Fact.seen(List.of(Scene.arrival(
                            new Door.Shown("spiffe://west.demo.tombolo/ns/shop/sa/checkout", false, "broke off"))))),
            seed(
                    "a forged certificate of an instance",
                    Fault.CALL_LOST_BEHIND_GATEWAY,
                    "tombolo status --context west",
                    s -> s.arrivals = Fact.seen(List.of(Scene.arrival(
                            new Door.Shown("spiffe://west.demo.tombolo/ns/shop/sa/checkout", true, "no path"))))),
            doubt(
                    "more services than are tried",
                    Fault.NOT_LOOKED_AT,
                    "tombolo status --context west",
                    s -> s.arrivals = Fact.seen(List.of(Scene.arrival(new Door.Unasked("were not tried"))))),
            seed(
                    "others that do not reach us",
                    Fault.GATEWAY_NOT_REACHED,
                    "tombolo check --context west",
                    s -> s.members = Fact.seen(List.of(own("DOWN"), west("FRESH", 0, "READY", path("UP", 0))))),
            seed(
                    "nobody who answers",
                    Fault.NOBODY_TAKES_CALLS,
                    "tombolo failover status checkout.shop --kube-context east",
                    s -> s.divisions = Fact.seen(List.of(division("NO_INSTANCE", false, 0)))),
            doubt(
                    "nobody known to answer",
                    Fault.NOT_LOOKED_AT,
                    "tombolo failover status",
                    s -> s.divisions = Fact.seen(List.of(division("UNKNOWN", false, 0)))),
            doubt(
                    "a service nobody decided about",
                    Fault.NOT_LOOKED_AT,
                    "tombolo failover status",
                    s -> s.divisions = Fact.seen(List.of())),
            seed(
                    "no way from their gateway on",
                    Fault.CALL_LOST_BEHIND_GATEWAY,
                    "tombolo status --context west",
                    s -> s.arrivals = Fact.seen(List.of(Scene.arrival(new Door.Shown("", false, "broke off"))))),
            seed(
                    "somebody else behind their gateway",
                    Fault.CALL_LOST_BEHIND_GATEWAY,
                    "tombolo status --context west",
                    s -> s.arrivals = Fact.seen(
                            List.of(Scene.arrival(new Door.Proven("spiffe://west.demo.tombolo/ns/shop/sa/cart"))))),
            seed(
                    "too few",
                    Fault.CALLS_REFUSED,
                    "tombolo failover status",
                    s -> s.divisions = Fact.seen(List.of(division("USABLE", false, 0.25)))),
            seed(
                    "all look unhealthy",
                    Fault.CALLS_REFUSED,
                    "tombolo failover status",
                    s -> s.divisions = Fact.seen(List.of(division("USABLE", true, 0)))));

    private SeedsCalls() {}

    private static Fact<List<Member>> members(Member other) {
        return Fact.seen(List.of(Scene.own("UP"), other));
    }

    private static Member gatewayless() {
        return new Member(
                "west",
                "ADMITTED",
                "west.demo.tombolo",
                false,
                "FRESH",
                7,
                0,
                List.of(),
                2,
                "READY",
                Map.of(),
                List.of());
    }

    private static Member twoGateways() {
        Member own = own("UP");
        return new Member(
                own.cluster(),
                own.state(),
                own.trustDomain(),
                true,
                own.freshness(),
                own.ageMs(),
                own.offsetMs(),
                List.of(
                        own.gateways().getFirst(),
                        new Member.Gateway("gother", List.of("east.example.org:15444"), false, List.of(), List.of())),
                own.exports(),
                own.trust(),
                own.refused(),
                own.leftOut());
    }

    private static Member unreachable() {
        return new Member(
                "east",
                "ADMITTED",
                "east.demo.tombolo",
                true,
                "FRESH",
                0,
                0,
                List.of(),
                1,
                "READY",
                Map.of(),
                List.of());
    }
}
