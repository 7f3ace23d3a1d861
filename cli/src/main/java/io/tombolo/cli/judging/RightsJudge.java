package io.tombolo.cli.judging;

import io.tombolo.cli.evidence.Evidence;
import io.tombolo.cli.evidence.Right;
import io.tombolo.cli.evidence.Spoken;
import io.tombolo.model.fault.Fault;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who may do what he has to: before an installation this user, afterwards the controller's account. */
final class RightsJudge implements Judge {
    private static final int MOST_NAMED = 5;

    @Override
    public Stream<Finding> of(Evidence evidence) {
        return evidence.kube().stream()
                .flatMap(kube -> kube.rights().stream()
                        .map(rights -> rights.stream()
                                .filter(right -> !right.allowed())
                                .toList())
                        .filter(missing -> !missing.isEmpty())
                        .map(missing -> kube.installed().isPresent()
                                ? ofController(missing, evidence.spoken())
                                : ofInstaller(missing, evidence.spoken())));
    }

    private static Finding ofController(List<Right> missing, Spoken spoken) {
        return Finding.broken(
                Fault.RIGHT_MISSING,
                "account tombolo-system/controller",
                "may not " + text(missing),
                spoken.kubectl("apply -f deploy/kubernetes/rbac.yaml"));
    }

    private static Finding ofInstaller(List<Right> missing, Spoken spoken) {
        Right first = missing.getFirst();
        return Finding.broken(
                Fault.MAY_NOT_INSTALL,
                "your account",
                "may not " + text(missing) + ". Let an administrator install the chart, or give you the right",
                spoken.kubectl(
                        "auth can-i {} {}" + (first.namespace().isEmpty() ? "" : " -n {}"),
                        first.verb(),
                        first.resource() + (first.group().isEmpty() ? "" : "." + first.group()),
                        first.namespace()));
    }

    private static String text(List<Right> missing) {
        String named = missing.stream().limit(MOST_NAMED).map(Right::text).collect(Collectors.joining("; "));
        return missing.size() > MOST_NAMED ? named + "; and " + (missing.size() - MOST_NAMED) + " more" : named;
    }
}
