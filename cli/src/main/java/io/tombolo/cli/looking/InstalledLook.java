package io.tombolo.cli.looking;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.cli.evidence.Condition;
import io.tombolo.cli.evidence.Declared;
import io.tombolo.cli.evidence.Definition;
import io.tombolo.cli.evidence.Fact;
import io.tombolo.cli.evidence.Installed;
import io.tombolo.cli.evidence.Pod;
import io.tombolo.cli.evidence.Space;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks at what runs of an installation. */
record InstalledLook(Objects objects, Instant now) {
    private static final String OURS = " -n tombolo-system -l app.kubernetes.io/name=tombolo";
    private static final Set<String> WITHOUT_STATUS = Set.of(
            "serviceimports.multicluster.x-k8s.io",
            "clusterproperties.about.k8s.io",
            "referencegrants.gateway.networking.k8s.io");

    Installed facts(Fact<List<Definition>> kinds, Fact<List<Space>> spaces) {
        Fact<List<Installed.Part>> parts = kinds.then(_ -> parts());
        return new Installed(
                parts,
                spaces.then(this::pods),
                kinds.then(_ -> objects.get("persistentvolumeclaims" + OURS).stream()
                        .map(claim -> new Installed.Claim(
                                name(claim), claim.at("/status/phase").asText()))
                        .toList()),
                kinds.then(_ -> objects.get("services" + OURS).stream()
                        .filter(service -> service.at("/spec/type").asText().equals("LoadBalancer"))
                        .map(service -> new Installed.Balancer(
                                name(service),
                                !service.at("/status/loadBalancer/ingress").isEmpty()))
                        .toList()),
                kinds.then(_ -> dns()),
                parts.then(this::leading),
                kinds.then(this::declared));
    }

    private List<Installed.Part> parts() {
        return objects.get("statefulsets,deployments" + OURS).stream()
                .map(part -> new Installed.Part(
                        part.path("kind").asText().toLowerCase(Locale.ROOT),
                        name(part),
                        part.at("/spec/replicas").asInt(1),
                        part.at("/status/readyReplicas").asInt(0)))
                .toList();
    }

    /** Who has one controller need not be allowed to read leases. */
    private Optional<Installed.Leading> leading(List<Installed.Part> parts) {
        return parts.stream().noneMatch(Installed.Part::isTwoControllers)
                ? Optional.empty()
                : objects.get("leases tombolo-controller -n tombolo-system").stream()
                        .map(lease -> new Installed.Leading(
                                lease.at("/spec/holderIdentity").asText(),
                                lease.at("/metadata/annotations/tombolo.io~1in-step")
                                        .asText()))
                        .findFirst();
    }

    private List<Pod> pods(List<Space> spaces) {
        var all = new ArrayList<>(objects.get("pods" + OURS).stream()
                .map(pod -> Pods.of(pod, true, now))
                .toList());
        spaces.stream()
                .filter(Space::sidecars)
                .flatMap(space -> objects.get("pods -n " + space.name()).stream())
                .filter(Pods::goesOn)
                .map(pod -> Pods.of(pod, false, now))
                .forEach(all::add);
        return all;
    }

    /** Something answers for the mesh's names if the chart has it; then the cluster's own DNS has to ask there. */
    private Installed.Dns dns() {
        List<String> addresses = objects.get("services -n tombolo-system -l app.kubernetes.io/component=dns").stream()
                .flatMap(InstalledLook::addresses)
                .toList();
        return new Installed.Dns(addresses, addresses.isEmpty() ? Optional.empty() : leadsTo());
    }

    private static Stream<String> addresses(JsonNode service) {
        JsonNode all = service.at("/spec/clusterIPs");
        return all.isEmpty()
                ? Stream.of(service.at("/spec/clusterIP").asText())
                : all.valueStream().map(JsonNode::asText);
    }

    /** Some platforms keep what users add in a ConfigMap beside the one of CoreDNS. */
    private Optional<List<String>> leadsTo() {
        List<JsonNode> maps = Stream.of("coredns", "coredns-custom")
                .flatMap(name -> objects.get("configmaps " + name + " -n kube-system").stream())
                .toList();
        if (maps.isEmpty()) {
            throw new TomboloException(
                    Fault.NOT_LOOKED_AT,
                    "DNS of this cluster",
                    "has no configmap kube-system/coredns: it is another one than CoreDNS, or CoreDNS under another name",
                    "see that it asks the Service tombolo-system/tombolo-dns about clusterset.local");
        }
        return new Corefile(maps.stream()
                        .flatMap(map -> map.path("data").valueStream())
                        .map(JsonNode::asText)
                        .collect(Collectors.joining("\n")))
                .leads("clusterset.local");
    }

    private List<Declared> declared(List<Definition> kinds) {
        String there = kinds.stream()
                .map(Definition::name)
                .filter(name -> !WITHOUT_STATUS.contains(name))
                .collect(Collectors.joining(","));
        return there.isEmpty()
                ? List.of()
                : objects.get(there + " -A").stream()
                        .filter(InstalledLook::isForUs)
                        .map(InstalledLook::declared)
                        .toList();
    }

    /** A route that names no service is not for the mesh. */
    private static boolean isForUs(JsonNode object) {
        return !isRoute(object)
                || object.at("/spec/parentRefs")
                        .valueStream()
                        .anyMatch(parent -> parent.path("kind").asText().startsWith("Service"));
    }

    private static boolean isRoute(JsonNode object) {
        return object.path("kind").asText().endsWith("Route");
    }

    private static Declared declared(JsonNode object) {
        Stream<JsonNode> conditions = isRoute(object)
                ? object.at("/status/parents")
                        .valueStream()
                        .filter(parent -> parent.path("controllerName").asText().equals("tombolo.io/controller"))
                        .flatMap(parent -> parent.path("conditions").valueStream())
                : object.at("/status/conditions").valueStream();
        return new Declared(
                object.path("kind").asText(),
                object.at("/metadata/namespace").asText(),
                name(object),
                true,
                conditions
                        .map(said -> condition(
                                said, object.at("/metadata/generation").asLong()))
                        .toList());
    }

    /** What was said of an older generation says nothing of this one. */
    private static Condition condition(JsonNode said, long generation) {
        long observed = said.path("observedGeneration").asLong(generation);
        String type = said.path("type").asText();
        return observed < generation
                ? new Condition(
                        type,
                        "Unknown",
                        "OlderGeneration",
                        "said of generation " + observed + ", and it is " + generation)
                : new Condition(
                        type,
                        said.path("status").asText(),
                        said.path("reason").asText(),
                        said.path("message").asText());
    }

    private static String name(JsonNode object) {
        return object.at("/metadata/name").asText();
    }
}
