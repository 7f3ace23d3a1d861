package io.tombolo.injection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * Puts a sidecar into a pod. It is a native sidecar container (KEP-753): started before the application, ended after it. Incoming
 * connections go where they went, so probes are as they were. Pure.
 */
public final class Injection {
    /** The name of its container. */
    public static final String CONTAINER = "tombolo-sidecar";

    static final String CAPTURE_CONTAINER = "tombolo-capture";

    /** The group whose connections the kernel leads nowhere. */
    static final int SPARED_GROUP = 15_099;

    /** What became of a pod. */
    public sealed interface Outcome {
        /** @param pod a new tree */
        record Injected(ObjectNode pod) implements Outcome {}

        /** It stays as it is. */
        record Left(String why) implements Outcome {}
    }

    private final ObjectNode spec;
    private final PodWish wish;
    private final String namespace;
    private final SidecarTemplate sidecar;

    private Injection(ObjectNode spec, PodWish wish, String namespace, SidecarTemplate sidecar) {
        this.spec = spec;
        this.wish = wish;
        this.namespace = namespace;
        this.sidecar = sidecar;
    }

    /**
     * The pod with a sidecar; the tree that comes in stays as it is.
     * @param pod      with {@code metadata} and {@code spec}: a Pod, or the template of one
     * @param services of its namespace, as far as they are known
     * @throws io.tombolo.model.fault.TomboloException NOT_INJECTABLE if it cannot have one as it is
     */
    public static Outcome into(ObjectNode pod, String namespace, List<KnownService> services, SidecarTemplate sidecar) {
        PodWish wish = PodWish.of(pod);
        if (wish.wantsNone()) {
            return new Outcome.Left("its annotation " + PodWish.INJECT + " says so");
        }
        if (has(pod.at("/spec/initContainers")) || has(pod.at("/spec/containers"))) {
            return new Outcome.Left("it has a sidecar");
        }
        ObjectNode next = pod.deepCopy();
        Optional<Offered> offered = Offering.of(next, wish, services);
        new Injection(next.withObject("/spec"), wish, namespace, sidecar).add(offered);
        return new Outcome.Injected(next);
    }

    private static boolean has(JsonNode containers) {
        return containers
                .valueStream()
                .anyMatch(one -> one.path("name").asText().equals(CONTAINER));
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
        ArrayNode first = JsonNodeFactory.instance.arrayNode();
        if (capture == Capture.TRANSPARENT) {
            first.add(new SidecarContainers(sidecar).capture());
        }
        first.add(new SidecarContainers(sidecar).sidecar(capture, offered, wish.settings()));
        ArrayNode initial = spec.withArray("/initContainers");
        first.addAll(initial);
        initial.removeAll().addAll(first);
        addVolumes(spec.withArray("/volumes"));
        if (capture != Capture.NONE) {
            PodDns.lead(spec, namespace, sidecar);
            openLowPorts(spec.withObject("/securityContext").withArray("/sysctls"));
        }
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

    /** DNS has port 53, and services have port 80; the standard "restricted" allows this one. */
    private static void openLowPorts(ArrayNode sysctls) {
        String name = "net.ipv4.ip_unprivileged_port_start";
        if (sysctls.valueStream().noneMatch(one -> one.path("name").asText().equals(name))) {
            sysctls.addObject().put("name", name).put("value", "0");
        }
    }
}
