package io.tombolo.it.chart;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The profile "restricted" of the Pod Security Standards of Kubernetes, and a read-only root beyond it. */
final class Restricted {
    private Restricted() {}

    /** What of a pod is against it; in the words of the standard. */
    static List<String> violations(PodSpec pod) {
        var found = new ArrayList<String>();
        check(found, !yes(pod.getHostNetwork()) && !yes(pod.getHostPID()) && !yes(pod.getHostIPC()), "host namespaces");
        check(found, pod.getVolumes().stream().allMatch(Restricted::isAllowed), "volume types");
        check(
                found,
                pod.getSecurityContext() != null
                        && yes(pod.getSecurityContext().getRunAsNonRoot())
                        && !Long.valueOf(0).equals(pod.getSecurityContext().getRunAsUser()),
                "running as non-root");
        check(
                found,
                pod.getSecurityContext() != null
                        && pod.getSecurityContext().getSeccompProfile() != null
                        && List.of("RuntimeDefault", "Localhost")
                                .contains(pod.getSecurityContext()
                                        .getSeccompProfile()
                                        .getType()),
                "seccomp");
        Stream.concat(pod.getContainers().stream(), pod.getInitContainers().stream())
                .forEach(container -> check(found, container));
        return found;
    }

    private static void check(List<String> found, Container container) {
        String name = container.getName();
        Optional<SecurityContext> security = Optional.ofNullable(container.getSecurityContext());
        check(found, security.map(SecurityContext::getPrivileged).isEmpty(), name + ": privileged");
        check(
                found,
                security.map(SecurityContext::getAllowPrivilegeEscalation)
                        .filter(allowed -> !allowed)
                        .isPresent(),
                name + ": privilege escalation");
        check(
                found,
                security.map(SecurityContext::getCapabilities)
                        .filter(capabilities -> capabilities.getDrop().equals(List.of("ALL"))
                                && capabilities.getAdd().isEmpty())
                        .isPresent(),
                name + ": capabilities");
        check(
                found,
                security.map(SecurityContext::getReadOnlyRootFilesystem)
                        .filter(Boolean::booleanValue)
                        .isPresent(),
                name + ": read-only root");
        check(found, container.getPorts().stream().allMatch(port -> port.getHostPort() == null), name + ": host ports");
    }

    private static boolean isAllowed(Volume volume) {
        return Stream.of(
                        volume.getConfigMap(),
                        volume.getEmptyDir(),
                        volume.getProjected(),
                        volume.getSecret(),
                        volume.getPersistentVolumeClaim())
                .anyMatch(kind -> kind != null);
    }

    private static boolean yes(Boolean said) {
        return Boolean.TRUE.equals(said);
    }

    private static void check(List<String> found, boolean holds, String what) {
        if (!holds) {
            found.add(what);
        }
    }
}
