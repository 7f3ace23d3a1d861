package io.tombolo.cli.looking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tombolo.cli.evidence.Right;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Which rights are needed: what the shipped roles say, and what making the shipped objects takes. Asked in one request each. */
final class Rights {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Rights() {}

    /** Of the controller's account: the roles that it is given, and no second list. */
    static List<Right> ofController() {
        return Shipped.objects("rbac.yaml").stream()
                .filter(object -> object.path("kind").asText().endsWith("Role"))
                .flatMap(role -> role.path("rules")
                        .valueStream()
                        .flatMap(rule -> of(rule, role.at("/metadata/namespace").asText())))
                .distinct()
                .toList();
    }

    private static Stream<Right> of(JsonNode rule, String namespace) {
        List<String> names = rule.has("resourceNames") ? texts(rule.path("resourceNames")) : List.of("");
        return texts(rule.path("apiGroups")).stream()
                .flatMap(group -> texts(rule.path("resources")).stream()
                        .flatMap(resource -> texts(rule.path("verbs")).stream()
                                .flatMap(verb -> names.stream()
                                        .map(name -> new Right(verb, group, resource, name, namespace, false)))));
    }

    /** Of who installs. */
    static List<Right> ofInstaller() {
        return Stream.of("crds.yaml", "rbac.yaml", "programs.yaml")
                .flatMap(file -> Shipped.objects(file).stream())
                .map(object -> {
                    String version = object.path("apiVersion").asText();
                    int slash = version.indexOf('/');
                    return new Right(
                            "create",
                            slash < 0 ? "" : version.substring(0, slash),
                            plural(object.path("kind").asText()),
                            "",
                            object.at("/metadata/namespace").asText(),
                            false);
                })
                .distinct()
                .toList();
    }

    private static String plural(String kind) {
        String word = kind.toLowerCase(Locale.ROOT);
        return word.endsWith("y") ? word.substring(0, word.length() - 1) + "ies" : word + "s";
    }

    /** What an API server is asked. */
    static String review(List<Right> rights) {
        ObjectNode list = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "List");
        ArrayNode items = list.putArray("items");
        rights.forEach(right -> {
            int slash = right.resource().indexOf('/');
            items.addObject()
                    .put("apiVersion", "authorization.k8s.io/v1")
                    .put("kind", "SelfSubjectAccessReview")
                    .putObject("spec")
                    .putObject("resourceAttributes")
                    .put("verb", right.verb())
                    .put("group", right.group())
                    .put(
                            "resource",
                            slash < 0 ? right.resource() : right.resource().substring(0, slash))
                    .put("subresource", slash < 0 ? "" : right.resource().substring(slash + 1))
                    .put("name", right.name())
                    .put("namespace", right.namespace());
        });
        return list.toString();
    }

    /** What it answered, in the order in which it was asked. */
    static List<Right> answered(List<Right> rights, List<JsonNode> reviews) {
        return IntStream.range(0, rights.size())
                .mapToObj(i -> {
                    Right asked = rights.get(i);
                    boolean allowed = i < reviews.size()
                            && reviews.get(i).at("/status/allowed").asBoolean();
                    return new Right(
                            asked.verb(), asked.group(), asked.resource(), asked.name(), asked.namespace(), allowed);
                })
                .toList();
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).toList();
    }
}
