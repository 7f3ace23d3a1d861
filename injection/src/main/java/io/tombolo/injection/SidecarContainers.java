package io.tombolo.injection;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** The containers that are put into a pod. Pure. */
final class SidecarContainers {
    static final String STATE = "tombolo-state";
    static final String TMP = "tombolo-tmp";
    static final String TOKEN = "tombolo-token";

    private static final String TOKENS = "/var/run/secrets/tombolo";
    private static final String STATE_DIR = "/var/lib/tombolo/sidecar";
    private static final int USER = 10_001;
    private static final int INBOUND = 15_006;
    static final int DNS_PORT = 53;

    private final SidecarTemplate sidecar;

    SidecarContainers(SidecarTemplate sidecar) {
        this.sidecar = sidecar;
    }

    /** Started before all others and ended after them, with the rights of the standard "restricted". */
    ObjectNode sidecar(Capture capture, Optional<Offered> offered, List<String> settings) {
        ObjectNode container = container(Injection.CONTAINER);
        container.put("restartPolicy", "Always");
        arguments(container.putArray("args"), capture, offered, settings);
        ArrayNode env = container.putArray("env");
        field(env, "POD_IP", "status.podIP");
        field(env, "POD_NAMESPACE", "metadata.namespace");
        if (settings.stream().anyMatch(setting -> setting.contains(PodHostname.NAME_OF_POD))) {
            field(env, "POD_NAME", "metadata.name");
        }
        container.putArray("ports").addObject().put("name", "tombolo").put("containerPort", INBOUND);
        ObjectNode probe =
                container.putObject("startupProbe").put("periodSeconds", 1).put("failureThreshold", 120);
        // Whether it serves or only calls: the application starts when names of the mesh have answers.
        shell(probe, "test -e " + STATE_DIR + "/configured");
        if (offered.isPresent()) {
            // Run at once when the pod begins to end; the sidecar itself is asked to end after the application only.
            shell(container.withObject("/lifecycle/preStop"), "touch " + STATE_DIR + "/leave");
        }
        ObjectNode resources = container.putObject("resources");
        resources.putObject("requests").put("cpu", "50m").put("memory", "128Mi");
        resources.putObject("limits").put("memory", "512Mi");
        // The kernel leads nowhere what has this group.
        int group = capture == Capture.TRANSPARENT ? Injection.SPARED_GROUP : USER;
        ObjectNode security = security(container);
        security.put("runAsUser", USER).put("runAsGroup", group).put("runAsNonRoot", true);
        ArrayNode mounts = container.putArray("volumeMounts");
        mount(mounts, STATE, "/var/lib/tombolo");
        mount(mounts, TMP, "/tmp");
        mount(mounts, TOKEN, TOKENS).put("readOnly", true);
        return container;
    }

    private void arguments(ArrayNode args, Capture capture, Optional<Offered> offered, List<String> settings) {
        args.add("sidecar").add("run").add("--state-dir=" + STATE_DIR);
        args.add("--set=kubernetes.token-file=" + TOKENS + "/token");
        args.add("--set=kubernetes.ca-pin=" + sidecar.caPin());
        args.add("--set=controller=" + sidecar.controller());
        args.add("--set=inbound.host=$(POD_IP)");
        if (capture != Capture.NONE) {
            args.add("--dns").add("--set=dns.port=" + DNS_PORT);
        }
        if (capture == Capture.TRANSPARENT) {
            args.add("--transparent");
        }
        offered.ifPresent(service -> args.add("--namespace=$(POD_NAMESPACE)")
                .add("--service=" + service.service())
                .add("--service-port=" + service.servicePort())
                .add("--port=" + service.appPort())
                .add("--app-protocol=" + service.protocol()));
        settings.forEach(setting -> args.add("--set=" + setting));
    }

    /** Makes the kernel's rules and ends: as root, but with the one capability that this takes. */
    ObjectNode capture() {
        ObjectNode container = container(Injection.CAPTURE_CONTAINER);
        container
                .putArray("args")
                .add("sidecar")
                .add("capture")
                .add("install")
                .add("--group=" + Injection.SPARED_GROUP);
        ObjectNode security = security(container);
        security.put("runAsUser", 0).put("runAsGroup", 0).put("runAsNonRoot", false);
        security.withObject("/capabilities").putArray("add").add("NET_ADMIN");
        mount(container.putArray("volumeMounts"), TMP, "/tmp");
        return container;
    }

    private static void shell(ObjectNode when, String line) {
        when.putObject("exec").putArray("command").add("sh").add("-c").add(line);
    }

    private ObjectNode container(String name) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("image", sidecar.image())
                .put("imagePullPolicy", sidecar.pullPolicy());
    }

    private static ObjectNode security(ObjectNode container) {
        ObjectNode security = container.putObject("securityContext");
        security.put("allowPrivilegeEscalation", false).put("readOnlyRootFilesystem", true);
        security.putObject("capabilities").putArray("drop").add("ALL");
        security.putObject("seccompProfile").put("type", "RuntimeDefault");
        return security;
    }

    private static ObjectNode mount(ArrayNode mounts, String volume, String path) {
        return mounts.addObject().put("name", volume).put("mountPath", path);
    }

    private static void field(ArrayNode env, String name, String path) {
        env.addObject()
                .put("name", name)
                .putObject("valueFrom")
                .putObject("fieldRef")
                .put("fieldPath", path);
    }
}
