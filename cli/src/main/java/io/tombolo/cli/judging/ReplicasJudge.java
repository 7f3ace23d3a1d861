package io.tombolo.cli.judging;

import io.tombolo.cli.evidence.Controller;
import io.tombolo.cli.evidence.Evidence;
import io.tombolo.cli.evidence.Installed;
import io.tombolo.cli.evidence.Spoken;
import io.tombolo.model.fault.Fault;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Whether one of two controllers leads, and the other one could take over now. */
final class ReplicasJudge implements Judge {
    private static final Set<String> NO_MEMBER = Set.of("UNJOINED", "JOINING", "LEFT");

    @Override
    public Stream<Finding> of(Evidence evidence) {
        return evidence.kube().stream()
                .flatMap(kube -> kube.installed().stream())
                .filter(installed -> areReady(installed) && !isWithoutFederation(evidence))
                .flatMap(installed -> installed.leading().stream())
                .flatMap(leading -> trouble(leading).stream())
                .map(what -> finding(what, evidence.spoken()));
    }

    /** Whether the lease itself shows it, so that the controller's own words say nothing more. */
    static boolean sees(Evidence evidence) {
        return evidence.kube().stream()
                .flatMap(kube -> kube.installed().stream())
                .filter(installed -> parts(installed).anyMatch(Installed.Part::isTwoControllers))
                .flatMap(installed -> installed.leading().stream())
                .anyMatch(leading -> trouble(leading).isPresent());
    }

    private static Stream<Installed.Part> parts(Installed installed) {
        return installed.parts().stream().flatMap(List::stream);
    }

    /** One that is not ready is named by whoever judges pods. */
    private static boolean areReady(Installed installed) {
        return parts(installed).anyMatch(part -> part.isTwoControllers() && part.ready() >= part.wanted());
    }

    /** Nothing is copied before it is a member, and that is said of it. */
    private static boolean isWithoutFederation(Evidence evidence) {
        return evidence.mesh().stream()
                .flatMap(mesh -> mesh.controller().stream())
                .map(Controller::state)
                .anyMatch(NO_MEMBER::contains);
    }

    private static Optional<String> trouble(Optional<Installed.Leading> leading) {
        if (leading.isEmpty()) {
            return Optional.of("is not there: neither controller leads, or the one that does may not write it");
        }
        Installed.Leading names = leading.get();
        if (names.holder().isEmpty()) {
            return Optional.of("has no holder: neither controller leads");
        }
        return names.inStep().isEmpty()
                ? Optional.of(names.holder() + " leads, and tombolo.io/in-step names nobody who could take over; "
                        + "some seconds after a start that is so")
                : Optional.empty();
    }

    private static Finding finding(String what, Spoken spoken) {
        return Finding.broken(
                Fault.NO_SECOND_CONTROLLER,
                "lease tombolo-system/tombolo-controller",
                what + "; the logs of both say why",
                spoken.kubectl("logs -n tombolo-system -l app.kubernetes.io/component=controller -c controller"
                        + " --prefix --tail=100"));
    }
}
