package io.tombolo.cli.judging;

import io.tombolo.cli.evidence.Command;
import io.tombolo.cli.evidence.Door;
import io.tombolo.cli.evidence.Evidence;
import io.tombolo.cli.evidence.Member;
import io.tombolo.cli.evidence.MeshFacts;
import io.tombolo.cli.evidence.Spoken;
import io.tombolo.model.fault.Fault;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether other clusters can reach the gateways of this one: by what they say, and by who answers at the address. */
final class GatewaysJudge implements Judge {
    private static final String UP = "UP";
    private static final String DOWN = "DOWN";

    /** An IPv6 address in brackets, or a name or an IPv4 address, and a port. */
    private static final Pattern ADDRESS =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.]{2,45})]|([A-Za-z0-9][A-Za-z0-9.-]{0,252})):([0-9]{1,5})");

    @Override
    public Stream<Finding> of(Evidence evidence) {
        return evidence.mesh().stream()
                .flatMap(mesh -> mesh.members().stream()
                        .flatMap(List::stream)
                        .filter(Member::local)
                        .flatMap(own -> judged(own, mesh, evidence.spoken())));
    }

    private static Stream<Finding> judged(Member own, MeshFacts mesh, Spoken spoken) {
        boolean reachable =
                own.gateways().stream().anyMatch(gateway -> !gateway.addresses().isEmpty());
        Stream<Finding> none = reachable || own.exports() == 0
                ? Stream.of()
                : Stream.of(Finding.broken(
                        Fault.NO_GATEWAY,
                        "cluster " + own.cluster(),
                        "exports " + own.exports() + " services and has "
                                + (own.gateways().isEmpty() ? "no gateway" : "no gateway with an address"),
                        spoken.kubeContext().isEmpty()
                                ? "tombolo gateway run"
                                : spoken.helm("--set gateway.advertise=ADDRESS:15443")));
        Stream<Finding> seen = own.gateways().stream()
                .flatMap(gateway -> gateway.seenBy().stream()
                        .filter(by -> by.state().equals(DOWN))
                        .map(by -> notReached(gateway, by)));
        Stream<Finding> doors = mesh.silent()
                ? Stream.of()
                : mesh.doors().stream().flatMap(List::stream).flatMap(door -> door(door, own, mesh, spoken).stream());
        return Stream.of(none, seen, doors).flatMap(found -> found);
    }

    private static Finding notReached(Member.Gateway gateway, Member.Seen by) {
        return Finding.broken(
                Fault.GATEWAY_NOT_REACHED,
                "gateway " + gateway.instance() + " from cluster " + by.cluster(),
                "its calls to " + String.join(", ", gateway.addresses()) + " fail",
                Spoken.tomboloAt(by.cluster(), "check"));
    }

    private static Optional<Finding> door(Door door, Member own, MeshFacts mesh, Spoken spoken) {
        String where = "gateway " + door.gateway() + " at " + door.address();
        return switch (door.answer()) {
            case Door.Proven(String spiffeId) -> stranger(where, spiffeId, true, "", mesh, spoken);
            case Door.Shown(String spiffeId, boolean refuted, String why) ->
                refuted
                        ? Optional.of(ofOthers(where, spiffeId, why, spoken))
                        : stranger(where, spiffeId, false, why, mesh, spoken);
            case Door.Unasked(String why) ->
                Optional.of(Finding.unknown(Fault.NOT_LOOKED_AT, where, why, spoken.tombolo("clusters -o json")));
            case Door.Closed(String why) ->
                othersReach(door, own)
                        ? Optional.empty()
                        : Optional.of(new Finding(
                                Fault.GATEWAY_PORT_CLOSED,
                                door.telling(),
                                where,
                                why
                                        + (door.telling() ? "" : ", and from this machine that says nothing")
                                        + (dialled(door).isEmpty()
                                                ? "; its address is no name or IP address with a port, see what the gateway advertises"
                                                : ""),
                                dialled(door)));
        };
    }

    /** Empty if the address is not one that a command could be given. */
    private static String dialled(Door door) {
        Matcher parts = ADDRESS.matcher(door.address());
        return parts.matches()
                ? Command.of("nc -vz {} {}", parts.group(1) == null ? parts.group(2) : parts.group(1), parts.group(3))
                        .toString()
                : "";
    }

    /** Calls of others are better evidence than one from here. */
    private static boolean othersReach(Door door, Member own) {
        return own.gateways().stream()
                .filter(gateway -> gateway.instance().equals(door.gateway()))
                .flatMap(gateway -> gateway.seenBy().stream())
                .anyMatch(by -> by.state().equals(UP));
    }

    private static Optional<Finding> stranger(
            String where, String spiffeId, boolean proven, String why, MeshFacts mesh, Spoken spoken) {
        Optional<String> domain = mesh.controller().stream()
                .flatMap(controller -> Stream.ofNullable(controller.trustDomain()))
                .findFirst();
        boolean ours = domain.filter(own -> spiffeId.equals("spiffe://" + own + "/ns/tombolo-system/sa/gateway"))
                .isPresent();
        if (domain.isPresent() && !ours) {
            return Optional.of(ofOthers(where, spiffeId, why, spoken));
        }
        return ours && proven
                ? Optional.empty()
                : Optional.of(Finding.unknown(
                        Fault.NOT_LOOKED_AT,
                        where,
                        domain.isEmpty()
                                ? "the controller does not say its trust domain, so who answers is not known"
                                : "a certificate of " + spiffeId + " was shown and not proven: " + why,
                        spoken.tombolo("clusters -o json")));
    }

    private static Finding ofOthers(String where, String spiffeId, String why, Spoken spoken) {
        return Finding.broken(
                Fault.GATEWAY_OF_OTHERS,
                where,
                "who answers is "
                        + (spiffeId.isEmpty() ? "nobody of a mesh" : "none of ours, or does not prove it: " + spiffeId)
                        + (why.isEmpty() ? "" : " (" + why + ")"),
                spoken.tombolo("clusters -o json"));
    }
}
