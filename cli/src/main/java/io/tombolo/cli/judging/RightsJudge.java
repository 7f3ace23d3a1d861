package io.tombolo.cli.judging;

import io.tombolo.cli.evidence.Evidence;
import io.tombolo.cli.evidence.KubeFacts;
import io.tombolo.cli.evidence.Right;
import io.tombolo.cli.evidence.Spoken;
import io.tombolo.model.fault.Fault;
import java.util.stream.Stream;

/** Who may do what he has to: before an installation this user, afterwards the controller's account. */
final class RightsJudge implements Judge {
    @Override
    public Stream<Finding> of(Evidence evidence) {
        return evidence.kube().stream()
                .flatMap(kube -> kube.rights().stream()
                        .flatMap(rights -> rights.stream().filter(right -> !right.allowed()))
                        .map(right -> lacking(right, kube, evidence.spoken())));
    }

    private static Finding lacking(Right right, KubeFacts kube, Spoken spoken) {
        return kube.installed().isPresent()
                ? Finding.broken(
                        Fault.RIGHT_MISSING,
                        "account tombolo-system/controller",
                        "may not " + right.text(),
                        spoken.kubectl("apply -f deploy/kubernetes/rbac.yaml"))
                : Finding.broken(
                        Fault.MAY_NOT_INSTALL,
                        "your account",
                        "may not " + right.text() + ": let an administrator install the chart, or give you the right",
                        spoken.kubectl("auth can-i " + right.verb() + " " + right.resource()
                                + (right.group().isEmpty() ? "" : "." + right.group())
                                + (right.namespace().isEmpty() ? "" : " -n " + right.namespace())));
    }
}
