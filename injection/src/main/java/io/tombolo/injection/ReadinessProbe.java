package io.tombolo.injection;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the application's own readiness probe asks, so that callers in other clusters go by the same word as those in this one. Only a
 * page that is asked by plain HTTP, without headers of its own; for all else it counts that the application accepts connections. Pure.
 */
final class ReadinessProbe {
    /** What the sidecar's settings of this begin with. */
    static final String KEYS = "readiness.";

    /** One that needs no care in a URL, and none in arguments, where Kubernetes looks for variables. */
    private static final Pattern PATH = Pattern.compile("(?:[A-Za-z0-9/?&=._~:@!,;*+-]|%[0-9A-Fa-f]{2})*");

    private static final int LONGEST_SECONDS = 300;
    private static final int LONGEST_TIMEOUT_SECONDS = 60;
    private static final int MOST_FAILURES = 100;
    // What Kubernetes takes where a probe does not say it.
    private static final int PERIOD_SECONDS = 10;
    private static final int TIMEOUT_SECONDS = 1;
    private static final int FAILURES = 3;

    private final JsonNode container;
    private final JsonNode probe;

    private ReadinessProbe(JsonNode container) {
        this.container = container;
        this.probe = container.path("readinessProbe");
    }

    /** As settings of the sidecar; none if there is no such page. */
    static List<String> settings(JsonNode spec, int appPort) {
        return of(spec, appPort).map(ReadinessProbe::settings).orElse(List.of());
    }

    /** Of the container that has the application's port, else of the only one. */
    private static Optional<ReadinessProbe> of(JsonNode spec, int appPort) {
        List<JsonNode> containers = spec.path("containers").valueStream().toList();
        return containers.stream()
                .filter(container -> declares(container, appPort))
                .findFirst()
                .or(() -> Optional.of(containers).filter(all -> all.size() == 1).map(List::getFirst))
                .map(ReadinessProbe::new);
    }

    private static boolean declares(JsonNode container, int port) {
        return container
                .path("ports")
                .valueStream()
                .anyMatch(one -> one.path("containerPort").asInt() == port);
    }

    private List<String> settings() {
        JsonNode page = probe.path("httpGet");
        Optional<Integer> port = port(page.path("port"));
        String path = page.path("path").asText("/");
        if (port.isEmpty() || !isPlain(page) || !PATH.matcher(path).matches()) {
            return List.of();
        }
        return List.of(
                KEYS + "path=" + (path.startsWith("/") ? path : "/" + path),
                KEYS + "port=" + port.get(),
                KEYS + "interval=" + number("periodSeconds", PERIOD_SECONDS, LONGEST_SECONDS) + "s",
                KEYS + "timeout=" + number("timeoutSeconds", TIMEOUT_SECONDS, LONGEST_TIMEOUT_SECONDS) + "s",
                KEYS + "failures=" + number("failureThreshold", FAILURES, MOST_FAILURES));
    }

    private static boolean isPlain(JsonNode page) {
        boolean http = page.path("scheme").asText("HTTP").equals("HTTP");
        return http && page.path("httpHeaders").isEmpty() && !page.hasNonNull("host");
    }

    private Optional<Integer> port(JsonNode said) {
        if (said.isInt() || said.asText().matches("[0-9]{1,5}")) {
            return Optional.of(said.asInt());
        }
        return container
                .path("ports")
                .valueStream()
                .filter(one -> one.path("name").asText().equals(said.asText()) && said.isTextual())
                .map(one -> one.path("containerPort").asInt())
                .findFirst();
    }

    private int number(String field, int otherwise, int most) {
        return Math.clamp(probe.path(field).asInt(otherwise), 1, most);
    }
}
