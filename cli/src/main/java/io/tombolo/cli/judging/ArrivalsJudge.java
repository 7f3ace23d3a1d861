package io.tombolo.cli.judging;

import io.tombolo.cli.evidence.Door;
import io.tombolo.cli.evidence.Evidence;
import io.tombolo.cli.evidence.Spoken;
import io.tombolo.model.fault.Fault;
import java.util.List;
import java.util.stream.Stream;

/** Whether connections that were begun for a service come to an instance of it, beyond the gateway of its cluster. */
final class ArrivalsJudge implements Judge {
    @Override
    public Stream<Finding> of(Evidence evidence) {
        return evidence.mesh().stream()
                .flatMap(mesh -> mesh.arrivals().stream())
                .flatMap(List::stream)
                .filter(arrival -> !arrival.asExpected())
                .map(arrival -> Finding.broken(
                        Fault.CALL_LOST_BEHIND_GATEWAY,
                        "service " + arrival.service() + " in cluster " + arrival.cluster(),
                        "through gateway " + arrival.gateway() + " "
                                + switch (arrival.answer()) {
                                    case Door.Closed(String why) -> "nobody was reached: it " + why;
                                    case Door.Proven(String spiffeId) ->
                                        spiffeId.isEmpty()
                                                ? "no instance was reached: see what is between gateway and sidecars there"
                                                : spiffeId + " was reached, who may not answer for it";
                                },
                        Spoken.tomboloAt(arrival.cluster(), "status")));
    }
}
