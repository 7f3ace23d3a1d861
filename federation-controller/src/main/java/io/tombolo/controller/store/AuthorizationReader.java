package io.tombolo.controller.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.model.authorization.Among;
import io.tombolo.model.authorization.AuthorizationPolicy;
import io.tombolo.model.authorization.AuthorizationPolicy.Action;
import io.tombolo.model.authorization.AuthorizationPolicy.Mode;
import io.tombolo.model.authorization.AuthorizationRule;
import io.tombolo.model.authorization.CallerMatch;
import io.tombolo.model.authorization.HeaderMatch;
import io.tombolo.model.authorization.IdPattern;
import io.tombolo.model.authorization.PathPattern;
import io.tombolo.model.authorization.RequestMatch;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.TrustDomain;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads the spec of an {@code AuthorizationPolicy}. A field that is written without a value is refused: left out, most of them
 * mean everybody or everything.
 */
final class AuthorizationReader {
    private static final Set<String> FROM = Set.of(
            "spiffeIds",
            "notSpiffeIds",
            "trustDomains",
            "notTrustDomains",
            "namespaces",
            "notNamespaces",
            "clusters",
            "notClusters");
    private static final Set<String> TO = Set.of("ports", "notPorts", "methods", "notMethods", "paths", "notPaths");

    private AuthorizationReader() {}

    static Spec.Authorization policy(String path, JsonNode node, ServiceName name) {
        Fields spec = Fields.of(path, node, Set.of("targetRef", "action", "mode", "rules"));
        Optional<String> target = spec.has("targetRef") || spec.isHollow("targetRef")
                ? Optional.of(target(solid(spec, "targetRef").object("targetRef", Set.of("kind", "name"))))
                : Optional.empty();
        Action action = switch (spec.requiredText("action")) {
            case "Allow" -> Action.ALLOW;
            case "Deny" -> Action.DENY;
            default -> throw Fields.bad(path + ".action", "is not known", "write Allow or Deny");
        };
        Mode mode = switch (spec.text("mode", "Enforce")) {
            case "Enforce" -> Mode.ENFORCE;
            case "Audit" -> Mode.AUDIT;
            default -> throw Fields.bad(path + ".mode", "is not known", "write Enforce or Audit");
        };
        List<AuthorizationRule> rules = spec.list("rules", AuthorizationReader::rule);
        return RouteReader.in(
                path, () -> new Spec.Authorization(new AuthorizationPolicy(name, target, action, mode, rules)));
    }

    private static String target(Fields ref) {
        if (!ref.text("kind", "Service").equals("Service")) {
            throw Fields.bad(ref.path() + ".kind", "is not supported", "write Service");
        }
        return ref.requiredText("name");
    }

    private static AuthorizationRule rule(Fields.Item item) {
        Fields rule = item.object(Set.of("from", "to", "when"));
        return RouteReader.in(
                rule.path(),
                () -> new AuthorizationRule(
                        solid(rule, "from").list("from", AuthorizationReader::from),
                        solid(rule, "to").list("to", AuthorizationReader::to),
                        solid(rule, "when").list("when", AuthorizationReader::when)));
    }

    private static CallerMatch from(Fields.Item item) {
        Fields from = item.object(FROM);
        return RouteReader.in(
                from.path(),
                () -> new CallerMatch(
                        texts(from, "spiffeIds", IdPattern::parse),
                        texts(from, "trustDomains", TrustDomain::new),
                        texts(from, "namespaces", Function.identity()),
                        texts(from, "clusters", ClusterId::new)));
    }

    private static RequestMatch to(Fields.Item item) {
        Fields to = item.object(TO);
        return RouteReader.in(
                to.path(),
                () -> new RequestMatch(
                        among(to, "ports", Fields.Item::number),
                        texts(to, "methods", Function.identity()),
                        texts(to, "paths", PathPattern::parse)));
    }

    private static HeaderMatch when(Fields.Item item) {
        Fields when = item.object(Set.of("header", "value", "present"));
        String header = when.requiredText("header");
        if (when.has("value") == when.has("present")) {
            throw Fields.bad(when.path(), "says not exactly one of value and present", "write one of them");
        }
        return RouteReader.in(
                when.path(),
                () -> when.has("value")
                        ? new HeaderMatch.Exact(header, when.text("value", ""))
                        : new HeaderMatch.Present(header, when.requiredBoolean("present")));
    }

    private static <T> Among<T> texts(Fields fields, String name, Function<String, T> read) {
        return among(fields, name, item -> RouteReader.in(item.path(), () -> read.apply(item.text())));
    }

    /** Of {@code ports} the opposite is {@code notPorts}. */
    private static <T> Among<T> among(Fields fields, String name, Function<Fields.Item, T> read) {
        String opposite = "not" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
        return Among.of(
                solid(fields, name).list(name, read), solid(fields, opposite).list(opposite, read));
    }

    private static Fields solid(Fields fields, String name) {
        if (fields.isHollow(name)) {
            throw Fields.bad(fields.path() + "." + name, "has no value", "write one, or leave the field out");
        }
        return fields;
    }
}
