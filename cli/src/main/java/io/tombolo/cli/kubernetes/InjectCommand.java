package io.tombolo.cli.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tombolo.cli.context.Contexts;
import io.tombolo.cli.output.Output;
import io.tombolo.cli.output.Table;
import io.tombolo.cli.service.ResourceFile;
import io.tombolo.injection.Injection;
import io.tombolo.injection.KnownService;
import io.tombolo.injection.Services;
import io.tombolo.injection.SidecarTemplate;
import io.tombolo.injection.Workloads;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tombolo inject}. */
@Command(
        name = "inject",
        description = {
            "Put sidecars into the pods of Kubernetes manifests, and print them all. Nobody is asked, nothing is applied.",
            "Which service a pod is: the one Service of the same manifests that selects it, or what its annotations say."
        },
        footer = {
            "",
            "Example:",
            "  tombolo inject -f checkout.yaml --image registry.example.org/tombolo:1 --cluster-dns 10.96.0.10 | kubectl apply -f -"
        })
public final class InjectCommand implements Runnable {
    private static final Table NO_TABLE = new Table("");

    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE",
            description = "YAML; - reads standard input.")
    private String file = "";

    @Option(
            names = {"-n", "--namespace"},
            defaultValue = "",
            description = "Of objects that name none: their pods' names for other services depend on it.")
    private String namespace = "";

    @Option(names = "--image", required = true, paramLabel = "IMAGE", description = "As deploy/image.sh pushed it.")
    private String image = "";

    @Option(
            names = "--pull-policy",
            defaultValue = "IfNotPresent",
            description = "Always, IfNotPresent or Never (default: ${DEFAULT-VALUE}).")
    private String pullPolicy = "";

    @Option(
            names = "--pull-secret",
            paramLabel = "NAME",
            description = "A Secret of each pod's namespace by which the image is pulled; once for each.")
    private List<String> pullSecrets = new ArrayList<>();

    @Option(
            names = "--cluster-dns",
            required = true,
            paramLabel = "ADDRESS",
            description = "Of the service kube-dns in kube-system, such as 10.96.0.10.")
    private String clusterDns = "";

    @Option(
            names = "--cluster-domain",
            defaultValue = "cluster.local",
            description = "Of services that are no mesh's (default: ${DEFAULT-VALUE}).")
    private String clusterDomain = "";

    @Option(
            names = "--controller",
            defaultValue = "tombolo-controller.tombolo-system.svc:15010",
            paramLabel = "HOST:PORT",
            description = "Where sidecars reach the cluster's controller (default: ${DEFAULT-VALUE}).")
    private String controller = "";

    @Option(
            names = "--ca-pin",
            defaultValue = "",
            paramLabel = "HEX",
            description = "Of its CA's key, as the ConfigMap tombolo-mesh says it (default: the context's).")
    private String caPin = "";

    @Option(names = "--context", defaultValue = "", paramLabel = "NAME", description = "Default: the current context.")
    private String contextName = "";

    /** For scripts one List; otherwise documents, as they came. */
    @Mixin
    private Output output = new Output();

    @Override
    public void run() {
        var sidecar = new SidecarTemplate(image, pullPolicy, pullSecrets, controller, pin(), clusterDns, clusterDomain);
        List<ObjectNode> objects = Manifests.read(file, ResourceFile.read(file));
        // All first: of a file in which one cannot have a sidecar nothing is printed.
        List<ObjectNode> next = objects.stream()
                .map(object -> injected(object, objects, sidecar))
                .toList();
        if (output.forPeople()) {
            next.forEach(object -> System.out.print(Manifests.write(object)));
        } else {
            output.print(Manifests.list(next), NO_TABLE);
        }
    }

    private String pin() {
        return caPin.isEmpty() ? Contexts.ofUser().require(contextName).caPin() : caPin;
    }

    private ObjectNode injected(ObjectNode object, List<ObjectNode> all, SidecarTemplate sidecar) {
        Optional<String> pod = Workloads.pod(object);
        if (pod.isEmpty()) {
            return object;
        }
        String name =
                object.path("kind").asText() + " " + object.at("/metadata/name").asText();
        requireNamespace(name, object);
        try {
            return switch (Injection.into(
                    (ObjectNode) object.at(pod.get()),
                    Workloads.governing(object),
                    namespace(object),
                    services(object, all),
                    sidecar)) {
                case Injection.Outcome.Left(String why) -> {
                    System.err.println(name + ": left as it is: " + why);
                    yield object;
                }
                case Injection.Outcome.Injected(ObjectNode with, boolean serves) -> {
                    System.err.println(
                            name + (serves ? ": has a sidecar now" : ": has a sidecar now, which only calls"));
                    yield put(object, pod.get(), with);
                }
            };
        } catch (TomboloException refused) {
            throw refused.in(name);
        }
    }

    private static ObjectNode put(ObjectNode object, String pod, ObjectNode with) {
        if (pod.isEmpty()) {
            return with;
        }
        ObjectNode next = object.deepCopy();
        int last = pod.lastIndexOf('/');
        ((ObjectNode) next.at(pod.substring(0, last))).set(pod.substring(last + 1), with);
        return next;
    }

    private void requireNamespace(String name, ObjectNode object) {
        if (namespace(object).isEmpty()) {
            throw new TomboloException(
                    Fault.USAGE,
                    name,
                    "names no namespace, and its sidecar needs to know it",
                    "say it with --namespace, the same as for kubectl apply");
        }
    }

    private String namespace(ObjectNode object) {
        return object.at("/metadata/namespace").asText(namespace);
    }

    private Services services(ObjectNode workload, List<ObjectNode> all) {
        List<KnownService> known = all.stream()
                .filter(object -> object.path("kind").asText().equals("Service"))
                .filter(object -> object.path("apiVersion").asText().equals("v1"))
                .filter(object -> namespace(object).equals(namespace(workload)))
                .map(KnownService::of)
                .toList();
        return new Services(known, false);
    }
}
