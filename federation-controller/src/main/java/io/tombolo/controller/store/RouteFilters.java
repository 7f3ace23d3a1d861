package io.tombolo.controller.store;

import io.tombolo.model.httproute.HeaderChange;
import io.tombolo.model.httproute.Mirror;
import io.tombolo.model.httproute.NameValue;
import io.tombolo.model.httproute.PathChange;
import io.tombolo.model.httproute.Redirect;
import io.tombolo.model.httproute.Referred;
import io.tombolo.model.name.Hostname;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** The filters of one rule, each at most once but for mirrors. */
record RouteFilters(
        HeaderChange request,
        HeaderChange answer,
        Optional<Redirect> redirect,
        Optional<PathChange> path,
        Optional<Hostname> host,
        List<Mirror> mirrors) {
    private static final int FOUND = 302;
    private static final int PERCENT = 100;
    private static final String MIRROR = "RequestMirror";

    /** By type, the field that each has. */
    private static final Map<String, String> FIELDS = new TreeMap<>(Map.of(
            "RequestHeaderModifier",
            "requestHeaderModifier",
            "ResponseHeaderModifier",
            "responseHeaderModifier",
            "RequestRedirect",
            "requestRedirect",
            MIRROR,
            "requestMirror",
            "URLRewrite",
            "urlRewrite"));

    /** @param target reads the reference to a service */
    static RouteFilters read(Fields rule, Function<Fields, Referred> target) {
        var byType = new TreeMap<String, Fields>();
        var mirrors = new ArrayList<Mirror>();
        rule.list("filters", item -> {
            Fields filter = item.object(Set.of(
                    "type",
                    "requestHeaderModifier",
                    "responseHeaderModifier",
                    "requestRedirect",
                    "requestMirror",
                    "urlRewrite"));
            String type = filter.requiredText("type");
            check(filter, type);
            if (type.equals(MIRROR)) {
                mirrors.add(
                        mirror(filter.object("requestMirror", Set.of("backendRef", "percent", "fraction")), target));
            } else if (byType.put(type, filter) != null) {
                throw Fields.bad(filter.path() + ".type", type + " is there twice", "write it once");
            }
            return type;
        });
        Optional<Fields> rewrite = part(byType, "URLRewrite", Set.of("path", "hostname"));
        Optional<Fields> redirect =
                part(byType, "RequestRedirect", Set.of("scheme", "hostname", "path", "port", "statusCode"));
        if (redirect.isPresent() && (rewrite.isPresent() || !mirrors.isEmpty())) {
            throw Fields.bad(
                    rule.path() + ".filters", "redirect, and rewrite or mirror as well", "leave one of them out");
        }
        return new RouteFilters(
                change(part(byType, "RequestHeaderModifier", Set.of("set", "add", "remove"))),
                change(part(byType, "ResponseHeaderModifier", Set.of("set", "add", "remove"))),
                redirect.map(RouteFilters::redirect),
                rewrite.flatMap(RouteFilters::path),
                rewrite.flatMap(RouteFilters::hostname),
                List.copyOf(mirrors));
    }

    /** All, unless a part is said. */
    private static Mirror mirror(Fields mirror, Function<Fields, Referred> target) {
        Referred to = target.apply(mirror.object("backendRef", Set.of("group", "kind", "namespace", "name", "port")));
        if (mirror.has("percent") && mirror.has("fraction")) {
            throw Fields.bad(mirror.path(), "says percent and fraction", "write one of them");
        }
        return RouteReader.in(mirror.path(), () -> {
            if (mirror.has("fraction")) {
                Fields fraction = mirror.object("fraction", Set.of("numerator", "denominator"));
                return new Mirror(to, fraction.requiredInt("numerator"), fraction.wholeNumber("denominator", PERCENT));
            }
            return new Mirror(to, mirror.wholeNumber("percent", PERCENT), PERCENT);
        });
    }

    /** For rules of calls, whose paths are their methods. */
    static RouteFilters ofCalls(Fields rule, Function<Fields, Referred> target) {
        RouteFilters filters = read(rule, target);
        if (filters.redirect().isPresent() || filters.rewrites()) {
            throw Fields.bad(
                    rule.path() + ".filters",
                    "rewrite or redirect",
                    "write RequestHeaderModifier, ResponseHeaderModifier or RequestMirror");
        }
        return filters;
    }

    /** For backends, of which a rule's own ones are drawn first. */
    static RouteFilters ofBackend(Fields backend, Function<Fields, Referred> target) {
        RouteFilters filters = read(backend, target);
        if (filters.redirect().isPresent()
                || filters.rewrites()
                || !filters.mirrors().isEmpty()) {
            throw Fields.bad(
                    backend.path() + ".filters",
                    "rewrite, redirect or mirror",
                    "write RequestHeaderModifier or ResponseHeaderModifier, and the others to the rule");
        }
        return filters;
    }

    private boolean rewrites() {
        return path.isPresent() || host.isPresent();
    }

    private static void check(Fields filter, String type) {
        String field = FIELDS.get(type);
        if (field == null) {
            throw Fields.bad(
                    filter.path() + ".type",
                    type + " is not supported",
                    "known are " + String.join(", ", FIELDS.keySet()));
        }
        for (String other : FIELDS.values()) {
            if (filter.has(other) != other.equals(field)) {
                throw Fields.bad(filter.path(), "is of type " + type, "write " + field + " and nothing else beside it");
            }
        }
    }

    private static Optional<Fields> part(Map<String, Fields> byType, String type, Set<String> known) {
        return Optional.ofNullable(byType.get(type))
                .map(filter -> filter.object(FIELDS.getOrDefault(type, type), known));
    }

    private static HeaderChange change(Optional<Fields> change) {
        return change.map(fields -> RouteReader.in(
                        fields.path(),
                        () -> new HeaderChange(
                                pairs(fields, "set"), pairs(fields, "add"), fields.list("remove", Fields.Item::text))))
                .orElse(HeaderChange.NONE);
    }

    private static List<NameValue> pairs(Fields fields, String name) {
        return fields.list(name, item -> {
            Fields pair = item.object(Set.of("name", "value"));
            return RouteReader.in(
                    pair.path(), () -> NameValue.changed(pair.requiredText("name"), pair.requiredText("value")));
        });
    }

    private static Redirect redirect(Fields fields) {
        return RouteReader.in(
                fields.path(),
                () -> new Redirect(
                        text(fields, "scheme"),
                        hostname(fields),
                        path(fields),
                        fields.has("port") ? OptionalInt.of(fields.requiredInt("port")) : OptionalInt.empty(),
                        fields.wholeNumber("statusCode", FOUND)));
    }

    private static Optional<Hostname> hostname(Fields fields) {
        return RouteReader.in(
                fields.path() + ".hostname", () -> text(fields, "hostname").map(Hostname::new));
    }

    private static Optional<PathChange> path(Fields fields) {
        if (!fields.has("path")) {
            return Optional.empty();
        }
        Fields path = fields.object("path", Set.of("type", "replaceFullPath", "replacePrefixMatch"));
        return Optional.of(RouteReader.in(path.path(), () -> switch (path.requiredText("type")) {
            case "ReplaceFullPath" -> new PathChange.Whole(only(path, "replaceFullPath", "replacePrefixMatch"));
            case "ReplacePrefixMatch" -> new PathChange.Prefix(only(path, "replacePrefixMatch", "replaceFullPath"));
            default ->
                throw Fields.bad(path.path() + ".type", "is not known", "write ReplaceFullPath or ReplacePrefixMatch");
        }));
    }

    private static String only(Fields path, String wanted, String other) {
        if (!path.has(wanted) || path.has(other)) {
            throw Fields.bad(path.path(), "does not fit its type", "write " + wanted + " and nothing else beside it");
        }
        return path.text(wanted, "");
    }

    private static Optional<String> text(Fields fields, String name) {
        return fields.has(name) ? Optional.of(fields.requiredText(name)) : Optional.empty();
    }
}
