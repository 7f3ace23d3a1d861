package io.tombolo.cli.judging;

import io.tombolo.cli.evidence.Division;
import io.tombolo.cli.evidence.Evidence;
import io.tombolo.cli.evidence.MeshFacts;
import io.tombolo.cli.evidence.ServiceSeen;
import io.tombolo.cli.evidence.Spoken;
import io.tombolo.model.fault.Fault;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether every service that can be called has somebody who takes the calls, by the decision that is in force. */
final class CallsJudge implements Judge {
    /** Who may get calls and is known to have instances. */
    private static final Set<String> TAKES = Set.of("USABLE", "SLOW", "LAST_RESORT");

    @Override
    public Stream<Finding> of(Evidence evidence) {
        return evidence.mesh().stream()
                .flatMap(mesh -> mesh.services().stream()
                        .flatMap(List::stream)
                        .filter(service -> !service.clusters().isEmpty())
                        .flatMap(service -> judged(service, mesh, evidence.spoken())));
    }

    private static Stream<Finding> judged(ServiceSeen service, MeshFacts mesh, Spoken spoken) {
        return mesh.divisions().stream().flatMap(divisions -> {
            Optional<Division> division = divisions.stream()
                    .filter(one -> one.service().equals(service.namespace() + "/" + service.name()))
                    .findFirst();
            return division.map(known -> divided(known, spoken))
                    .orElseGet(() -> Stream.of(Finding.unknown(
                            Fault.NOT_LOOKED_AT,
                            "service " + service.called(),
                            "nobody has decided yet where its calls go",
                            spoken.tombolo("failover status {}", service.called()))));
        });
    }

    private static Stream<Finding> divided(Division division, Spoken spoken) {
        String where = "service " + division.called();
        String command = spoken.tombolo("failover status {}", division.called());
        Stream<Finding> unread =
                division.unreadable().stream().map(why -> Finding.broken(Fault.POLICY_UNREADABLE, where, why, command));
        if (division.clusters().stream().noneMatch(side -> TAKES.contains(side.standing()))) {
            return Stream.concat(unread, Stream.of(nobody(division, where, command)));
        }
        boolean refused = division.panic() || division.shed() > 0;
        return Stream.concat(
                unread,
                refused
                        ? Stream.of(Finding.broken(
                                Fault.CALLS_REFUSED,
                                where,
                                division.panic()
                                        ? "everything looks unhealthy, and its calls are spread"
                                        : Math.round(division.shed() * 1_000) / 10.0
                                                + " % of its calls are refused: nobody has the capacity",
                                command))
                        : Stream.of());
    }

    private static Finding nobody(Division division, String where, String command) {
        String why = division.clusters().stream()
                .map(side -> side.cluster() + ": " + side.reason())
                .collect(Collectors.joining("; "));
        boolean maybe =
                division.clusters().stream().anyMatch(side -> side.standing().equals("UNKNOWN"));
        return maybe
                ? Finding.unknown(
                        Fault.NOT_LOOKED_AT, where, "nobody is known to have instances of it (" + why + ")", command)
                : Finding.broken(Fault.NOBODY_TAKES_CALLS, where, "no cluster takes its calls (" + why + ")", command);
    }
}
