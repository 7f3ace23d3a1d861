package io.tombolo.cli.judging;

import io.tombolo.cli.evidence.Evidence;
import io.tombolo.cli.evidence.Fact;
import io.tombolo.cli.evidence.Member;
import io.tombolo.cli.evidence.Spoken;
import io.tombolo.model.fault.Fault;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Whether clocks are near enough to one another. */
final class ClockJudge implements Judge {
    /** What is farther off counts as late. */
    static final Duration MOST = Duration.ofSeconds(30);

    private static final String SHOW = "timedatectl status";

    @Override
    public Stream<Finding> of(Evidence evidence) {
        Stream<Finding> apiServer =
                evidence.kube().stream().flatMap(kube -> off(kube.ahead(), "clock of the API server"));
        Stream<Finding> controller =
                evidence.mesh().stream().flatMap(mesh -> off(mesh.controllerAhead(), "clock of the controller"));
        Stream<Finding> others = evidence.mesh().stream()
                .flatMap(mesh -> mesh.members().stream())
                .flatMap(List::stream)
                .flatMap(member -> ofOther(member, evidence.spoken()));
        return Stream.of(apiServer, controller, others).flatMap(found -> found);
    }

    private static Stream<Finding> ofOther(Member member, Spoken spoken) {
        String where = "clock of cluster " + member.cluster();
        if (member.isPeer() && member.offset().isEmpty() && FreshnessJudge.isHeard(member)) {
            return Stream.of(Finding.unknown(
                    Fault.CLOCK_OFF,
                    where,
                    "the controller does not say how it goes",
                    spoken.tombolo("clusters -o json")));
        }
        return isOff(member) ? Stream.of(off(where, member.offsetMs(), "this cluster's")) : Stream.of();
    }

    static boolean isOff(Member member) {
        return member.isPeer() && member.offset().isPresent() && Math.abs(member.offsetMs()) > MOST.toMillis();
    }

    private static Stream<Finding> off(Fact<Duration> ahead, String where) {
        return ahead.stream()
                .filter(by -> by.abs().compareTo(MOST) > 0)
                .map(by -> off(where, by.toMillis(), "this machine's"));
    }

    private static Finding off(String where, long millis, String than) {
        return Finding.broken(
                Fault.CLOCK_OFF,
                where,
                "is " + Math.abs(millis) / 1_000 + " s " + (millis > 0 ? "ahead of " : "behind ") + than + ", and "
                        + MOST.toSeconds() + " s is the most: let both be set by NTP",
                SHOW);
    }
}
