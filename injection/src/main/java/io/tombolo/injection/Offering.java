package io.tombolo.injection;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Decides which service a pod is: what its annotations say, else the one Service that selects it. Pure. */
final class Offering {
    private final JsonNode pod;
    private final PodWish wish;
    private final Services services;

    private Offering(JsonNode pod, PodWish wish, Services services) {
        this.pod = pod;
        this.wish = wish;
        this.services = services;
    }

    /** @return empty for a pod that only calls */
    static Optional<Offered> of(JsonNode pod, PodWish wish, Services services) {
        return new Offering(pod, wish, services).offered();
    }

    private Optional<Offered> offered() {
        if (wish.service().filter(String::isBlank).isPresent()) {
            return Optional.empty();
        }
        List<KnownService> own = services.known().stream()
                .filter(service -> wish.service()
                        .map(service.name()::equals)
                        .orElseGet(() -> service.selects(pod.at("/metadata/labels"))))
                .filter(service -> !service.ports().isEmpty())
                .toList();
        if (own.size() > 1) {
            throw Refused.pod(
                    "Services " + own.stream().map(KnownService::name).collect(Collectors.joining(", ")),
                    "select this pod, and a sidecar stands for one",
                    "name it in the annotation " + PodWish.SERVICE + ", or none by \"\"");
        }
        return own.isEmpty() ? said() : Optional.of(of(own.getFirst()));
    }

    /** Nothing is known of its Service. */
    private Optional<Offered> said() {
        if (wish.service().isEmpty()) {
            return Optional.empty();
        }
        if (services.all()) {
            throw Refused.pod(
                    "annotation " + PodWish.SERVICE + ": " + wish.service().get(),
                    "names no Service of this namespace that has a TCP port",
                    "create it before its pods");
        }
        int app = wish.appPort()
                .orElseThrow(() -> Refused.pod(
                        "annotation " + PodWish.SERVICE + ": " + wish.service().get(),
                        "names a Service that is not known here",
                        "say on which port the application listens by " + PodWish.APP_PORT));
        return Optional.of(new Offered(
                wish.service().get(),
                wish.servicePort().orElse(app),
                app,
                wish.appProtocol().orElse("tcp")));
    }

    private Offered of(KnownService service) {
        List<KnownService.Port> ports = service.ports().stream()
                .filter(port ->
                        wish.servicePort().map(said -> said == port.number()).orElse(true))
                .toList();
        if (ports.size() != 1) {
            throw Refused.pod(
                    "Service " + service.name(),
                    "has " + ports.size() + " such TCP ports, and a sidecar stands for one",
                    "name it in the annotation " + PodWish.SERVICE_PORT);
        }
        KnownService.Port port = ports.getFirst();
        return new Offered(
                service.name(),
                port.number(),
                wish.appPort().orElseGet(() -> appPort(service, port)),
                wish.appProtocol().orElse(port.protocol()));
    }

    private int appPort(KnownService service, KnownService.Port port) {
        if (port.target().matches("[0-9]{1,5}")) {
            return Integer.parseInt(port.target());
        }
        for (String containers : List.of("/spec/containers", "/spec/initContainers")) {
            for (JsonNode container : pod.at(containers)) {
                for (JsonNode declared : container.path("ports")) {
                    if (declared.path("name").asText().equals(port.target())) {
                        return declared.path("containerPort").asInt();
                    }
                }
            }
        }
        throw Refused.pod(
                "Service " + service.name() + ", targetPort " + port.target(),
                "is the name of no container's port",
                "declare the port, or say its number by " + PodWish.APP_PORT);
    }
}
