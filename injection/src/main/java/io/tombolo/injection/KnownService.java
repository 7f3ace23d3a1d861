package io.tombolo.injection;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Service of a pod's namespace.
 *
 * @param selector labels that its pods have; none = it selects nobody
 */
public record KnownService(String name, Map<String, String> selector, List<Port> ports) {
    /**
     * A port of it, TCP.
     * @param target number or name of the container's port
     */
    public record Port(int number, String target, String protocol) {}

    public KnownService {
        selector = Map.copyOf(selector);
        ports = List.copyOf(ports);
    }

    /** Reads a Service of the core API. */
    public static KnownService of(JsonNode service) {
        var selector = new LinkedHashMap<String, String>();
        if (!service.at("/spec/type").asText().equals("ExternalName")) { // its selector means nothing
            service.at("/spec/selector")
                    .properties()
                    .forEach(label ->
                            selector.put(label.getKey(), label.getValue().asText()));
        }
        var ports = new ArrayList<Port>();
        for (JsonNode port : service.at("/spec/ports")) {
            if (port.path("protocol").asText("TCP").equals("TCP")) {
                ports.add(new Port(
                        port.path("port").asInt(),
                        port.path("targetPort").asText(port.path("port").asText()),
                        SpokenProtocol.of(text(port, "appProtocol"), text(port, "name"))));
            }
        }
        return new KnownService(service.at("/metadata/name").asText(), selector, ports);
    }

    private static Optional<String> text(JsonNode port, String field) {
        return Optional.of(port.path(field).asText("")).filter(said -> !said.isEmpty());
    }

    /** Whether pods with these labels are its own. */
    boolean selects(JsonNode labels) {
        return !selector.isEmpty()
                && selector.entrySet().stream()
                        .allMatch(label -> label.getValue()
                                .equals(labels.path(label.getKey()).asText(null)));
    }
}
