package io.tombolo.cli.judging;

import io.tombolo.cli.evidence.Evidence;
import io.tombolo.cli.evidence.KubeFacts;
import io.tombolo.cli.evidence.Space;
import io.tombolo.cli.evidence.Spoken;
import io.tombolo.model.fault.Fault;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a Kubernetes cluster has to be before anything is installed there. */
final class PlatformJudge implements Judge {
    /** From here on sidecars can be native containers. */
    private static final int LEAST_MINOR = 29;

    private static final Pattern VERSION = Pattern.compile("v?([0-9]+)\\.([0-9]+).*");
    private static final String NAMESPACE = "tombolo-system";

    @Override
    public Stream<Finding> of(Evidence evidence) {
        return evidence.kube().stream()
                .flatMap(kube -> Stream.of(
                                version(kube, evidence.spoken()),
                                nodes(kube, evidence.spoken()),
                                storage(kube, evidence.spoken()),
                                namespace(kube, evidence.spoken()))
                        .flatMap(found -> found));
    }

    private static Stream<Finding> version(KubeFacts kube, Spoken spoken) {
        return kube.version().stream()
                .filter(PlatformJudge::isOld)
                .map(version -> Finding.broken(
                        Fault.KUBERNETES_TOO_OLD,
                        "API server",
                        "is " + version + ", and sidecars in pods need 1." + LEAST_MINOR
                                + " or newer: upgrade the cluster",
                        spoken.kubectl("version")));
    }

    private static boolean isOld(String version) {
        Matcher parts = VERSION.matcher(version);
        return !parts.matches()
                || Integer.parseInt(parts.group(1)) < 1
                || (Integer.parseInt(parts.group(1)) == 1 && Integer.parseInt(parts.group(2)) < LEAST_MINOR);
    }

    private static Stream<Finding> nodes(KubeFacts kube, Spoken spoken) {
        return kube.nodes().stream()
                .filter(nodes -> nodes.stream()
                        .noneMatch(node -> node.system().equals("linux")
                                && (node.architecture().equals("amd64")
                                        || node.architecture().equals("arm64"))))
                .map(nodes -> Finding.broken(
                        Fault.NO_NODE_FITS,
                        "nodes",
                        nodes.isEmpty()
                                ? "there are none"
                                : "none of " + nodes.size() + " runs Linux on amd64 or arm64; the first is "
                                        + nodes.getFirst().system() + "/"
                                        + nodes.getFirst().architecture(),
                        spoken.kubectl("get nodes -L kubernetes.io/os,kubernetes.io/arch")));
    }

    /** Once volumes are there nobody asks for a class any more. */
    private static Stream<Finding> storage(KubeFacts kube, Spoken spoken) {
        return kube.defaultClasses().stream()
                .filter(classes -> classes.isEmpty() && kube.installed().isEmpty())
                .map(
                        _ -> Finding.broken(
                                Fault.NO_STORAGE_CLASS,
                                "StorageClass",
                                "none is the default: name one of yours when you install, controller.storage.className",
                                spoken.helm(
                                        "--install --create-namespace --set cluster=NAME --set controller.storage.className=CLASS")));
    }

    private static Stream<Finding> namespace(KubeFacts kube, Spoken spoken) {
        return kube.spaces().stream()
                .flatMap(spaces -> spaces.stream().filter(Space::ending))
                .filter(space -> space.name().equals(NAMESPACE))
                .map(_ -> Finding.broken(
                        Fault.NAMESPACE_ENDING,
                        "namespace " + NAMESPACE,
                        "is being deleted; its conditions say what is waited for",
                        spoken.kubectl("wait --for=delete namespace/" + NAMESPACE + " --timeout=120s")));
    }
}
