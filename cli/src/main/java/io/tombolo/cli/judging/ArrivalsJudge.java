package io.tombolo.cli.judging;

import io.tombolo.cli.evidence.Arrival;
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
                .map(ArrivalsJudge::judged);
    }

    private static Finding judged(Arrival arrival) {
        String where = "service " + arrival.service() + " in cluster " + arrival.cluster();
        String through = "through gateway " + arrival.gateway() + " ";
        String command = Spoken.tomboloAt(arrival.cluster(), "status");
        return switch (arrival.answer()) {
            case Door.Unasked(String why) -> Finding.unknown(Fault.NOT_LOOKED_AT, where, why, command);
            case Door.Closed(String why) -> lost(where, through + "nobody was reached: it " + why, command);
            case Door.Proven(String spiffeId) -> lost(where, through + other(spiffeId), command);
            case Door.Shown(String spiffeId, boolean refuted, String why) ->
                arrival.expected().contains(spiffeId) && !refuted
                        ? Finding.unknown(
                                Fault.NOT_LOOKED_AT,
                                where,
                                through + "a certificate of " + spiffeId + " was shown and not proven: " + why,
                                command)
                        : lost(where, through + other(spiffeId) + (refuted ? ", and is forged: " + why : ""), command);
        };
    }

    private static String other(String spiffeId) {
        return spiffeId.isEmpty()
                ? "no instance was reached: see what is between gateway and sidecars there"
                : spiffeId + " answers, who may not, or does not prove it";
    }

    private static Finding lost(String where, String what, String command) {
        return Finding.broken(Fault.CALL_LOST_BEHIND_GATEWAY, where, what, command);
    }
}
