package io.tombolo.injection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Puts a sidecar into a pod. It is a native sidecar container (KEP-753): started before the application, ended after it. Incoming
 * connections go where they went, so probes are as they were. Pure.
 */
public final class Injection {
    /** The name of its container. */
    public static final String CONTAINER = "tombolo-sidecar";

    private static final String LOW_PORTS = "net.ipv4.ip_unprivileged_port_start";

    static final String CAPTURE_CONTAINER = "tombolo-capture";

    /** The group whose connections the kernel leads nowhere. */
    static final int SPARED_GROUP = 15_099;

    /** What became of a pod. */
    public sealed interface Outcome {
        /**
         * @param pod    a new tree
         * @param serves whether it is a service to the mesh; else it only calls
         */
        record Injected(ObjectNode pod, boolean serves) implements Outcome {}

        /** It stays as it is. */
        record Left(String why) implements Outcome {}
    }

    private final ObjectNode spec;
    private final PodWish wish;
    private final String namespace;
    private final SidecarTemplate sidecar;
    private final PodHostname hostname;

    private Injection(
            ObjectNode spec, PodWish wish, String namespace, SidecarTemplate sidecar, Optional<String> governing) {
        this.spec = spec;
        this.wish = wish;
        this.namespace = namespace;
        this.sidecar = sidecar;
        this.hostname = new PodHostname(spec, governing);
    }

    /**
     * The pod with a sidecar; the tree that comes in stays as it is.
     * @param pod      with {@code metadata} and {@code spec}: a Pod, or the template of one that makes no StatefulSet's pods
     * @param services of its namespace
     * @throws io.tombolo.model.fault.TomboloException NOT_INJECTABLE if it cannot have one as it is
     */
    public static Outcome into(ObjectNode pod, String namespace, Services services, SidecarTemplate sidecar) {
        return into(pod, Optional.empty(), namespace, services, sidecar);
    }

    /**
     * The same for a template.
     * @param governing the Service that a StatefulSet's pods are named below, see {@link Workloads#governing}
     */
    public static Outcome into(
            ObjectNode pod, Optional<String> governing, String namespace, Services services, SidecarTemplate sidecar) {
        if (!isWanted(pod)) {
            return new Outcome.Left("its annotation or label " + PodWish.INJECT + " says so");
        }
        PodWish wish = PodWish.of(pod);
        ObjectNode next = pod.deepCopy();
        takeOut(next);
        Optional<Offered> offered = Offering.of(next, wish, services);
        new Injection(next.withObject("/spec"), wish, namespace, sidecar, governing).add(offered);
        return new Outcome.Injected(next, offered.isPresent());
    }

    /** Whether a pod wants a sidecar; one that does not is left alone whatever else it says. */
    public static boolean isWanted(JsonNode pod) {
        return !PodWish.wantsNone(pod.at("/metadata/annotations")) && !PodWish.wantsNone(pod.at("/metadata/labels"));
    }

    /** What an earlier turn put in: others may have put theirs before it since, or the template has changed. */
    private static void takeOut(ObjectNode pod) {
        ObjectNode spec = pod.withObject("/spec");
        without(spec, "initContainers", Set.of(CONTAINER, CAPTURE_CONTAINER));
        without(spec, "volumes", Set.of(SidecarContainers.STATE, SidecarContainers.TMP, SidecarContainers.TOKEN));
    }

    private static void without(ObjectNode spec, String list, Set<String> names) {
        if (spec.path(list) instanceof ArrayNode items) {
            List<JsonNode> rest = items.valueStream()
                    .filter(item -> !names.contains(item.path("name").asText()))
                    .toList();
            items.removeAll().addAll(rest);
        }
    }

    private void add(Optional<Offered> offered) {
        if (spec.path("hostNetwork").asBoolean()) {
            throw Refused.pod(
                    "hostNetwork",
                    "shares the ports of its machine",
                    "leave this pod out by " + PodWish.INJECT + ": \"false\"");
        }
        if (spec.at("/os/name").asText().equals("windows")) {
            throw Refused.pod("os.name windows", "has no sidecar", "leave it out by " + PodWish.INJECT + ": \"false\"");
        }
        Capture capture = wish.capture();
        var containers = new SidecarContainers(sidecar);
        ArrayNode first = JsonNodeFactory.instance.arrayNode();
        if (capture == Capture.TRANSPARENT) {
            first.add(containers.capture());
        }
        first.add(containers.sidecar(capture, offered, settings(offered)));
        ArrayNode initial = spec.withArray("/initContainers");
        first.addAll(initial);
        initial.removeAll().addAll(first);
        addVolumes(spec.withArray("/volumes"));
        addPullSecrets();
        if (capture != Capture.NONE) {
            PodDns.lead(spec, namespace, sidecar);
            openLowPorts(spec.withObject("/securityContext").withArray("/sysctls"));
        }
    }

    /** What follows from the pod, where its annotations say nothing of it, and what they say. */
    private List<String> settings(Optional<Offered> offered) {
        List<String> said = wish.settings();
        return Stream.of(
                        unsaid(said, ReadinessProbe.KEYS, offered)
                                .map(service -> ReadinessProbe.settings(spec, service.appPort())),
                        unsaid(said, PodHostname.KEY, offered).map(service -> hostname.settings(service.service())),
                        Optional.of(said))
                .flatMap(Optional::stream)
                .flatMap(List::stream)
                .toList();
    }

    private static Optional<Offered> unsaid(List<String> said, String keys, Optional<Offered> offered) {
        return offered.filter(_ -> said.stream().noneMatch(line -> line.startsWith(keys)));
    }

    private static void addVolumes(ArrayNode volumes) {
        ObjectNode memory =
                volumes.addObject().put("name", SidecarContainers.STATE).putObject("emptyDir");
        memory.put("medium", "Memory").put("sizeLimit", "64Mi"); // with its key: on no disk
        volumes.addObject().put("name", SidecarContainers.TMP).putObject("emptyDir");
        volumes.addObject()
                .put("name", SidecarContainers.TOKEN)
                .putObject("projected")
                .putArray("sources")
                .addObject()
                .putObject("serviceAccountToken")
                .put("audience", "tombolo-controller")
                .put("expirationSeconds", 3_600)
                .put("path", "token");
    }

    private void addPullSecrets() {
        if (sidecar.pullSecrets().isEmpty()) {
            return;
        }
        ArrayNode secrets = spec.withArray("/imagePullSecrets");
        for (String secret : sidecar.pullSecrets()) {
            if (!Named.has(secrets, secret)) {
                secrets.addObject().put("name", secret);
            }
        }
    }

    /** DNS has port 53, and services have port 80; the standard "restricted" allows this one. */
    private static void openLowPorts(ArrayNode sysctls) {
        for (JsonNode sysctl : sysctls) {
            if (sysctl.path("name").asText().equals(LOW_PORTS)) {
                if (sysctl.path("value").asInt(Integer.MAX_VALUE) > SidecarContainers.DNS_PORT) {
                    throw Refused.pod(
                            "sysctl " + LOW_PORTS + " " + sysctl.path("value").asText(),
                            "keeps the sidecar from port " + SidecarContainers.DNS_PORT,
                            "let it be \"0\", or use the annotation " + PodWish.CAPTURE + ": none");
                }
                return;
            }
        }
        sysctls.addObject().put("name", LOW_PORTS).put("value", "0");
    }
}
