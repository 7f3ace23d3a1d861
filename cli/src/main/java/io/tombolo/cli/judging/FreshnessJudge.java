package io.tombolo.cli.judging;

import io.tombolo.cli.evidence.Evidence;
import io.tombolo.cli.evidence.Member;
import io.tombolo.cli.evidence.MeshFacts;
import io.tombolo.cli.evidence.Spoken;
import io.tombolo.model.fault.Fault;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Whether the other clusters are heard of, and trusted. */
final class FreshnessJudge implements Judge {
    private static final Set<String> HEARD = Set.of("FRESH", "STALE", "EXPIRED");

    @Override
    public Stream<Finding> of(Evidence evidence) {
        return Stream.concat(
                evidence.mesh().stream().flatMap(mesh -> nobody(mesh, evidence.spoken())),
                evidence.mesh().stream()
                        .flatMap(mesh -> mesh.members().stream())
                        .flatMap(List::stream)
                        .flatMap(member -> Stream.concat(
                                member.isPeer() ? peer(member) : Stream.of(), leftOut(member, evidence.spoken()))));
    }

    /** A member knows itself at least. */
    private static Stream<Finding> nobody(MeshFacts mesh, Spoken spoken) {
        return mesh.controller().stream()
                .filter(controller -> controller.state().equals("JOINED"))
                .flatMap(controller -> mesh.members().stream()
                        .filter(members -> members.stream().noneMatch(Member::local))
                        .map(_ -> Finding.unknown(
                                Fault.CLUSTER_STALE,
                                "members of federation " + controller.federation(),
                                "the controller does not know its own cluster among them yet",
                                spoken.tombolo("clusters"))));
    }

    private static Stream<Finding> peer(Member member) {
        String where = "cluster " + member.cluster();
        Stream<Finding> trust = member.trust().equals("READY")
                ? Stream.of()
                : Stream.of(Finding.broken(
                        Fault.PENDING_TRUST,
                        where,
                        "does not hold this cluster's trust bundle, or this one not its: nothing is dialled",
                        Spoken.tomboloAt(member.cluster(), "status")));
        return Stream.concat(heard(member, where), trust);
    }

    /** Who was never heard of is told of here, and of nothing else. */
    static boolean isHeard(Member member) {
        return HEARD.contains(member.freshness());
    }

    private static Stream<Finding> heard(Member member, String where) {
        String age = member.ageMs() / 1_000 + " s ago";
        String command = Spoken.tomboloAt(member.cluster(), "status");
        return switch (member.freshness()) {
            case "FRESH" -> Stream.of();
            case "STALE" ->
                ClockJudge.isOff(member)
                        ? Stream.of()
                        : Stream.of(Finding.broken(Fault.CLUSTER_STALE, where, "was last heard of " + age, command));
            case "EXPIRED" ->
                Stream.of(Finding.broken(
                        Fault.CLUSTER_EXPIRED,
                        where,
                        "was last heard of " + age + ", and its lease is over; see whether its controller runs",
                        command));
            default ->
                Stream.of(Finding.unknown(
                        Fault.CLUSTER_STALE, where, "nothing was heard of it since this controller started", command));
        };
    }

    private static Stream<Finding> leftOut(Member member, Spoken spoken) {
        return member.leftOut().stream()
                .map(why -> Finding.broken(
                        Fault.ADDRESS_LEFT_OUT,
                        "cluster " + member.cluster() + ": " + why,
                        "it is not used",
                        spoken.tombolo("clusters -o json")));
    }
}
