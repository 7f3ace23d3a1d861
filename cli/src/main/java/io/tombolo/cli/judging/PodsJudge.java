package io.tombolo.cli.judging;

import io.tombolo.cli.evidence.Evidence;
import io.tombolo.cli.evidence.Pod;
import io.tombolo.cli.evidence.Spoken;
import io.tombolo.model.fault.Fault;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Whether the containers of an installation run, and the pods that should have a sidecar have one that works. */
final class PodsJudge implements Judge {
    private static final String SIDECAR = "tombolo-sidecar";
    private static final Set<String> NO_IMAGE = Set.of("ImagePullBackOff", "ErrImagePull", "InvalidImageName");

    private static final List<String> OURS = List.of("controller", "gateway");

    @Override
    public Stream<Finding> of(Evidence evidence) {
        return evidence.kube().stream()
                .flatMap(kube -> kube.installed().stream())
                .flatMap(installed -> installed.pods().stream())
                .flatMap(List::stream)
                .flatMap(pod -> judged(pod, evidence.spoken()));
    }

    static boolean isTroubled(Pod pod) {
        return pod.containers().stream()
                .anyMatch(container ->
                        trouble(pod, container, new Spoken(List.of(), "")).isPresent());
    }

    private static Stream<Finding> judged(Pod pod, Spoken spoken) {
        Stream<Finding> without = pod.sidecar() || pod.exempt() ? Stream.of() : Stream.of(without(pod, spoken));
        return Stream.concat(
                without, pod.containers().stream().flatMap(container -> trouble(pod, container, spoken).stream()));
    }

    private static Finding without(Pod pod, Spoken spoken) {
        return Finding.broken(
                Fault.POD_WITHOUT_SIDECAR,
                "pod " + pod.named(),
                "has no sidecar: it is older than the label of its namespace, or than the webhook",
                pod.owner().isEmpty()
                        ? spoken.kubectl("delete pod -n {} {}", pod.namespace(), pod.name())
                        : spoken.kubectl("rollout restart -n {} {}", pod.namespace(), pod.owner()));
    }

    /** Only of ours it is known where the limit is written. */
    private static String moreMemory(Pod pod, Spoken spoken) {
        return OURS.stream()
                .filter(part ->
                        pod.namespace().equals("tombolo-system") && pod.name().startsWith("tombolo-" + part + "-"))
                .findFirst()
                .map(part -> spoken.helm("--set " + part + ".resources.limits.memory=MEMORY"))
                .orElseGet(() -> spoken.kubectl("describe pod -n {} {}", pod.namespace(), pod.name()));
    }

    private static Optional<Finding> trouble(Pod pod, Pod.Container container, Spoken spoken) {
        String where = "container " + container.name() + " of pod " + pod.named();
        if (NO_IMAGE.contains(container.waiting())) {
            return Optional.of(Finding.broken(
                    Fault.IMAGE_NOT_PULLED,
                    where,
                    "is " + container.waiting(),
                    spoken.kubectl("describe pod -n {} {}", pod.namespace(), pod.name())));
        }
        if (container.ended().equals("OOMKilled")) {
            return Optional.of(Finding.broken(
                    Fault.OUT_OF_MEMORY,
                    where,
                    "was ended by the kernel (OOMKilled), and started " + container.restarts()
                            + " times again: let it have more memory than its limit is now",
                    moreMemory(pod, spoken)));
        }
        if (container.waiting().equals("CrashLoopBackOff")) {
            return Optional.of(Finding.broken(
                    Fault.CONTAINER_CRASHES,
                    where,
                    "ended with code " + container.exitCode() + ", and was started " + container.restarts()
                            + " times again; its log says why",
                    spoken.kubectl("logs -n {} {} -c {} --previous", pod.namespace(), pod.name(), container.name())));
        }
        return container.name().equals(SIDECAR) && !container.started()
                ? Optional.of(Finding.broken(
                        Fault.SIDECAR_NOT_STARTED,
                        where,
                        "waits for its configuration"
                                + (container.waiting().isEmpty() ? "" : ": " + container.waiting()),
                        spoken.kubectl("logs -n {} {} -c " + SIDECAR, pod.namespace(), pod.name())))
                : Optional.empty();
    }
}
