package io.tombolo.cli.looking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tombolo.cli.evidence.Pod;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Pods as an API server has them. */
final class Pods {
    private static final String SIDECAR = "tombolo-sidecar";
    private static final Set<String> NONE_WANTED = Set.of("false", "disabled");
    private static final Set<String> OVER = Set.of("Succeeded", "Failed");

    /** As names of objects are; who made a pod may have written any other text there. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

    private static final Duration LATELY = Duration.ofHours(1);

    private Pods() {}

    /** Whether it is there to stay. */
    static boolean goesOn(JsonNode pod) {
        return !pod.at("/metadata").has("deletionTimestamp")
                && !OVER.contains(pod.at("/status/phase").asText());
    }

    /** @param exempt whether it is one of ours, which need no sidecar */
    static Pod of(JsonNode pod, boolean exempt, Instant now) {
        Stream<JsonNode> all = Stream.concat(
                pod.at("/status/containerStatuses").valueStream(),
                pod.at("/status/initContainerStatuses").valueStream());
        boolean sidecar = Stream.of("/spec/initContainers", "/spec/containers")
                .flatMap(list -> pod.at(list).valueStream())
                .anyMatch(container -> container.path("name").asText().equals(SIDECAR));
        return new Pod(
                pod.at("/metadata/namespace").asText(),
                pod.at("/metadata/name").asText(),
                owner(pod),
                sidecar,
                exempt || isLeftOut(pod),
                all.map(status -> container(status, now)).toList());
    }

    private static boolean isLeftOut(JsonNode pod) {
        return Stream.of("/metadata/labels/tombolo.io~1inject", "/metadata/annotations/tombolo.io~1inject")
                        .anyMatch(path -> NONE_WANTED.contains(pod.at(path).asText()))
                || pod.at("/spec/hostNetwork").asBoolean();
    }

    private static Pod.Container container(JsonNode status, Instant now) {
        JsonNode last = status.at("/state/terminated").isObject()
                ? status.at("/state/terminated")
                : lately(status.at("/lastState/terminated"), now);
        return new Pod.Container(
                status.path("name").asText(),
                status.path("started").asBoolean(),
                status.path("restartCount").asInt(),
                status.at("/state/waiting/reason").asText(),
                last.path("reason").asText(),
                last.path("exitCode").asInt());
    }

    /** An end of long ago was got over. */
    private static JsonNode lately(JsonNode ended, Instant now) {
        String at = ended.path("finishedAt").asText();
        try {
            return !at.isEmpty() && Instant.parse(at).isBefore(now.minus(LATELY)) ? MissingNode.getInstance() : ended;
        } catch (DateTimeParseException unreadable) {
            return ended;
        }
    }

    /** What is restarted for it; a Deployment's pods belong to a ReplicaSet of its name and a hash. */
    private static String owner(JsonNode pod) {
        JsonNode owner = pod.at("/metadata/ownerReferences/0");
        String kind = owner.path("kind").asText().toLowerCase(Locale.ROOT);
        String name = owner.path("name").asText();
        if (!owner.path("apiVersion").asText().equals("apps/v1")
                || !NAME.matcher(name).matches()) {
            return "";
        }
        return switch (kind) {
            case "replicaset" -> "deployment/" + name.replaceFirst("-[a-z0-9]+$", "");
            case "statefulset", "daemonset" -> kind + "/" + name;
            default -> "";
        };
    }
}
