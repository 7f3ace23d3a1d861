package io.tombolo.injection;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What a pod's annotations ask for, read one by one; what is not asked for is not there. */
record PodWish(JsonNode annotations) {
    static final String INJECT = "tombolo.io/inject";
    static final String CAPTURE = "tombolo.io/capture";
    static final String SERVICE = "tombolo.io/service";
    static final String SERVICE_PORT = "tombolo.io/service-port";
    static final String APP_PORT = "tombolo.io/app-port";
    static final String APP_PROTOCOL = "tombolo.io/app-protocol";
    static final String SETTINGS = "tombolo.io/settings";

    /** What follows from where it runs. */
    private static final Pattern GIVEN = Pattern.compile(
            "(state-dir|token-file|controller|service|service-port|app-port|app-protocol|inbound\\.(host|port)|dns\\.(enabled|port)"
                    + "|transparent\\.(enabled|port)|kubernetes\\..*) *=");

    private static final int MOST_PORT = 65_535;
    private static final String OURS = "tombolo.io/";
    private static final Set<String> KNOWN =
            Set.of(INJECT, CAPTURE, SERVICE, SERVICE_PORT, APP_PORT, APP_PROTOCOL, SETTINGS);

    /** @throws io.tombolo.model.fault.TomboloException NOT_INJECTABLE if one of ours is none */
    static PodWish of(JsonNode pod) {
        JsonNode annotations = pod.at("/metadata/annotations");
        annotations.fieldNames().forEachRemaining(name -> {
            if (name.startsWith(OURS) && !KNOWN.contains(name)) {
                throw Refused.annotation(
                        name, annotations.path(name).asText(), "there are " + String.join(", ", new TreeSet<>(KNOWN)));
            }
        });
        return new PodWish(annotations);
    }

    /** By an annotation, or by a label, which the API server itself goes by. */
    static boolean wantsNone(JsonNode said) {
        return switch (said.path(INJECT).asText("true")) {
            case "true", "enabled" -> false;
            case "false", "disabled" -> true;
            default -> throw Refused.annotation(INJECT, said.path(INJECT).asText(), "use \"true\" or \"false\"");
        };
    }

    Capture capture() {
        String said = text(CAPTURE).orElse("dns");
        return switch (said) {
            case "dns" -> Capture.DNS;
            case "transparent" -> Capture.TRANSPARENT;
            case "none" -> Capture.NONE;
            default -> throw Refused.annotation(CAPTURE, said, "use dns, transparent or none");
        };
    }

    /** Empty text = explicitly no service. */
    Optional<String> service() {
        return Optional.ofNullable(annotations.path(SERVICE).textValue());
    }

    Optional<Integer> servicePort() {
        return port(SERVICE_PORT);
    }

    Optional<Integer> appPort() {
        return port(APP_PORT);
    }

    Optional<String> appProtocol() {
        return text(APP_PROTOCOL).map(said -> {
            if (!SpokenProtocol.KNOWN.contains(said)) {
                throw Refused.annotation(APP_PROTOCOL, said, "use http, h2c, grpc or tcp");
            }
            return said;
        });
    }

    /** {@code KEY=VALUE} each. */
    List<String> settings() {
        return text(SETTINGS)
                .orElse("")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(line -> {
                    if (GIVEN.matcher(line).lookingAt()) {
                        throw Refused.annotation(SETTINGS, line, "leave it out: the pod itself says it");
                    }
                    if (!line.matches("[a-z][a-z0-9.-]*=.+")) {
                        throw Refused.annotation(
                                SETTINGS, line, "use lines of KEY=VALUE, with keys of docs/sidecar.md");
                    }
                    return line;
                })
                .toList();
    }

    private Optional<Integer> port(String annotation) {
        return text(annotation).map(said -> {
            if (said.matches("[0-9]{1,5}")) {
                int port = Integer.parseInt(said);
                if (port >= 1 && port <= MOST_PORT) {
                    return port;
                }
            }
            throw Refused.annotation(annotation, said, "use 1 to 65535, in quotes");
        });
    }

    /** A number without quotes, which no API server takes, is read as it is meant. */
    private Optional<String> text(String annotation) {
        return Optional.of(annotations.path(annotation).asText("").strip()).filter(said -> !said.isEmpty());
    }
}
