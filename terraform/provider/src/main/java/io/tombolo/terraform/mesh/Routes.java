package io.tombolo.terraform.mesh;

import static io.tombolo.terraform.mesh.Words.HOUR;
import static io.tombolo.terraform.mesh.Words.MINUTE;
import static io.tombolo.terraform.mesh.Words.ZERO;
import static io.tombolo.terraform.mesh.Words.duration;
import static io.tombolo.terraform.mesh.Words.number;
import static io.tombolo.terraform.mesh.Words.object;
import static io.tombolo.terraform.mesh.Words.objects;
import static io.tombolo.terraform.mesh.Words.requiredObject;
import static io.tombolo.terraform.mesh.Words.requiredObjects;
import static io.tombolo.terraform.mesh.Words.requiredText;
import static io.tombolo.terraform.mesh.Words.text;
import static io.tombolo.terraform.mesh.Words.texts;

import io.tombolo.terraform.cty.CtyType;
import io.tombolo.terraform.schema.Attribute;
import io.tombolo.terraform.schema.Checks;
import java.util.ArrayList;
import java.util.List;

/** {@code tombolo_http_route} and {@code tombolo_grpc_route}: Gateway API's, attached to services. */
final class Routes {
    private static final int MOST_RULES = 16;
    private static final int MOST_MATCHES = 64;
    private static final int MOST_LISTED = 16;
    private static final int HEAVIEST = 1_000_000;

    private Routes() {}

    static Kind http() {
        return Kind.of(
                Words.GATEWAY,
                "HTTPRoute",
                "HTTP route",
                "Decides for each HTTP request of the cluster's workloads to a service: Gateway API's `HTTPRoute`.",
                parentRefs(),
                requiredObjects(
                        "rules",
                        MOST_RULES,
                        "Which one a request meets: as Gateway API says, the most specific.",
                        text("name", "Read and ignored."),
                        objects(
                                "matches",
                                MOST_MATCHES,
                                "One that fits is enough, all of its parts must. Every request if nothing is said.",
                                object(
                                        "path",
                                        "Of the request.",
                                        text(
                                                "type",
                                                "`Exact`, `PathPrefix` or `RegularExpression`. `PathPrefix` if nothing is said.",
                                                Checks.oneOf("Exact", "PathPrefix", "RegularExpression")),
                                        text("value", "`/` if nothing is said.")),
                                text("method", "Such as `POST`."),
                                values("headers", "Headers."),
                                values("query_params", "Parameters of the query.")),
                        filters(true),
                        backendRefs(),
                        object(
                                "timeouts",
                                "How long to wait.",
                                duration("request", ZERO, HOUR, "For the whole request."),
                                duration("backend_request", ZERO, HOUR, "For one attempt.")),
                        object(
                                "retry",
                                "Further attempts.",
                                number("attempts", 0, 10, "After the first."),
                                Attribute.optional(
                                                "codes",
                                                new CtyType.ListOf(CtyType.Primitive.NUMBER),
                                                "Statuses that are as good as no answer, 400 to 599.")
                                        .with(Checks.atMost(32))
                                        .with(Checks.each(Checks.between(400, 599))),
                                duration("backoff", ZERO, MINUTE, "Before each."))));
    }

    static Kind grpc() {
        return Kind.of(
                Words.GATEWAY,
                "GRPCRoute",
                "gRPC route",
                "Decides for each gRPC call of the cluster's workloads to a service: Gateway API's `GRPCRoute`.",
                parentRefs(),
                requiredObjects(
                        "rules",
                        MOST_RULES,
                        "Which one a call meets: as Gateway API says, the most specific.",
                        text("name", "Read and ignored."),
                        objects(
                                "matches",
                                MOST_MATCHES,
                                "One that fits is enough, all of its parts must. Every call if nothing is said.",
                                object(
                                        "method",
                                        "Of the call.",
                                        matchType(),
                                        text("service", "Such as `shop.Checkout`."),
                                        text("method", "Such as `Pay`.")),
                                values("headers", "Headers.")),
                        filters(false),
                        backendRefs()));
    }

    private static Attribute parentRefs() {
        return requiredObjects(
                "parent_refs",
                32,
                "The services whose callers it is for.",
                group(),
                kindOfService(),
                text("namespace", "The route's if nothing is said.", Checks.label()),
                requiredText("name", "Of the service.", Checks.label()),
                ServiceExports.port("Calls of that port only."),
                text("section_name", "The name of that port."));
    }

    private static Attribute backendRefs() {
        return objects(
                "backend_refs",
                MOST_LISTED,
                "Where requests go, by weight. 500 if nothing is said.",
                group(),
                kindOfService(),
                text("namespace", "Another one needs a ReferenceGrant there.", Checks.label()),
                requiredText("name", "Of the service.", Checks.label()),
                ServiceExports.port("Of the service."),
                number("weight", 0, HEAVIEST, "`1` if nothing is said."),
                objects(
                        "filters",
                        2,
                        "For what goes to this backend.",
                        requiredText(
                                "type",
                                "`RequestHeaderModifier` or `ResponseHeaderModifier`.",
                                Checks.oneOf("RequestHeaderModifier", "ResponseHeaderModifier")),
                        modifier("request_header_modifier"),
                        modifier("response_header_modifier")));
    }

    private static Attribute filters(boolean http) {
        var attributes = new ArrayList<Attribute>();
        List<String> types =
                new ArrayList<>(List.of("RequestHeaderModifier", "ResponseHeaderModifier", "RequestMirror"));
        attributes.add(modifier("request_header_modifier"));
        attributes.add(modifier("response_header_modifier"));
        attributes.add(mirror());
        if (http) {
            types.addAll(List.of("URLRewrite", "RequestRedirect"));
            attributes.add(
                    object("url_rewrite", "Another path or host.", text("hostname", "Written into `Host`."), path()));
            attributes.add(redirect());
        }
        attributes.addFirst(requiredText(
                "type", "One of `" + String.join("`, `", types) + "`.", Checks.oneOf(types.toArray(String[]::new))));
        return objects("filters", MOST_LISTED, "What is done to requests.", attributes.toArray(Attribute[]::new));
    }

    private static Attribute redirect() {
        return object(
                "request_redirect",
                "An answer instead of backends.",
                text("scheme", "`http` or `https`.", Checks.oneOf("http", "https")),
                text("hostname", "Another host."),
                path(),
                ServiceExports.port("Another port."),
                Attribute.optional("status_code", CtyType.Primitive.NUMBER, "301, 302, 303, 307 or 308.")
                        .with(Checks.between(301, 308)));
    }

    private static Attribute path() {
        return object(
                "path",
                "Another path.",
                requiredText(
                        "type",
                        "`ReplaceFullPath` or `ReplacePrefixMatch`.",
                        Checks.oneOf("ReplaceFullPath", "ReplacePrefixMatch")),
                text("replace_full_path", "The whole."),
                text("replace_prefix_match", "What matched."));
    }

    private static Attribute mirror() {
        return object(
                "request_mirror",
                "Copies, whose answers are of no interest.",
                requiredObject(
                        "backend_ref",
                        "Who gets them.",
                        group(),
                        kindOfService(),
                        text("namespace", "Another one needs a ReferenceGrant there.", Checks.label()),
                        requiredText("name", "Of the service.", Checks.label()),
                        ServiceExports.port("Of the service.")),
                number("percent", 0, 100, "Of the requests."),
                object(
                        "fraction",
                        "Of the requests.",
                        number("numerator", 0, HEAVIEST, "So many"),
                        number("denominator", 1, HEAVIEST, "of so many.")));
    }

    private static Attribute modifier(String name) {
        return object(
                name,
                "`remove`, then `set`, then `add`.",
                headers("set"),
                headers("add"),
                texts("remove", "Names.", Checks.atMost(MOST_LISTED)));
    }

    private static Attribute headers(String name) {
        return objects(
                name, MOST_LISTED, "Headers.", requiredText("name", "Its name."), requiredText("value", "Its value."));
    }

    private static Attribute values(String name, String description) {
        return objects(
                name,
                MOST_LISTED,
                description,
                matchType(),
                requiredText("name", "Its name."),
                requiredText("value", "What it has to be."));
    }

    private static Attribute matchType() {
        return text(
                "type",
                "`Exact` or `RegularExpression`. `Exact` if nothing is said.",
                Checks.oneOf("Exact", "RegularExpression"));
    }

    private static Attribute group() {
        return text("group", "`\"\"` or `multicluster.x-k8s.io`.", Checks.oneOf("", "multicluster.x-k8s.io"));
    }

    private static Attribute kindOfService() {
        return text("kind", "`Service` or `ServiceImport`.", Checks.oneOf("Service", "ServiceImport"));
    }
}
