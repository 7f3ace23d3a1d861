package io.tombolo.cli.judging;

import io.tombolo.cli.evidence.Evidence;
import io.tombolo.cli.evidence.Installed;
import io.tombolo.cli.evidence.Pod;
import io.tombolo.cli.evidence.Spoken;
import io.tombolo.model.fault.Fault;
import java.util.List;
import java.util.stream.Stream;

/** Whether what the chart holds is there and ready, with its volumes. */
final class PartsJudge implements Judge {
    private static final String CONTROLLER = "tombolo-controller";

    @Override
    public Stream<Finding> of(Evidence evidence) {
        return evidence.kube().stream()
                .flatMap(kube -> kube.installed().stream())
                .flatMap(installed ->
                        Stream.concat(parts(installed, evidence.spoken()), claims(installed, evidence.spoken())));
    }

    private static Stream<Finding> parts(Installed installed, Spoken spoken) {
        List<Pod> pods = installed.pods().stream().flatMap(List::stream).toList();
        return installed.parts().stream().flatMap(parts -> {
            boolean there = parts.stream().anyMatch(part -> part.name().equals(CONTROLLER));
            Stream<Finding> notReady = parts.stream()
                    .filter(part -> part.ready() < part.wanted())
                    .filter(part -> pods.stream().noneMatch(pod -> explains(pod, part)))
                    .map(part -> notReady(part, spoken));
            return there ? notReady : Stream.concat(Stream.of(notInstalled(spoken)), notReady);
        });
    }

    /** What is wrong with a container is said of it, and says more. */
    private static boolean explains(Pod pod, Installed.Part part) {
        return pod.name().startsWith(part.name() + "-") && PodsJudge.isTroubled(pod);
    }

    private static Finding notInstalled(Spoken spoken) {
        return Finding.broken(
                Fault.NOT_INSTALLED,
                "statefulset tombolo-system/" + CONTROLLER,
                "is not there",
                spoken.helm("--install --create-namespace --set cluster=NAME"));
    }

    private static Finding notReady(Installed.Part part, Spoken spoken) {
        return Finding.broken(
                Fault.NOT_READY,
                part.kind() + " tombolo-system/" + part.name(),
                part.ready() + " of " + part.wanted() + " pods are ready",
                spoken.kubectl(
                        "describe pods -n tombolo-system -l app.kubernetes.io/component={}",
                        part.name().substring("tombolo-".length())));
    }

    private static Stream<Finding> claims(Installed installed, Spoken spoken) {
        return installed.claims().stream()
                .flatMap(List::stream)
                .filter(claim -> !claim.phase().equals("Bound"))
                .map(claim -> Finding.broken(
                        Fault.VOLUME_PENDING,
                        "volume tombolo-system/" + claim.name(),
                        "is " + claim.phase() + ": its events say what is waited for",
                        spoken.kubectl("describe pvc -n tombolo-system {}", claim.name())));
    }
}
