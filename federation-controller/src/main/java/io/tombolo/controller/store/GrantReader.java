package io.tombolo.controller.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.model.httproute.HttpRoute;
import io.tombolo.model.httproute.ReferenceGrant;
import io.tombolo.model.httproute.ServiceKind;
import io.tombolo.model.name.Rfc1123;
import io.tombolo.model.name.ServiceName;
import java.util.Optional;
import java.util.Set;

/** Reads the spec of a {@code ReferenceGrant}: Gateway API's, for the kinds that refer to others here. */
final class GrantReader {
    private static final String ROUTES = "gateway.networking.k8s.io";

    private GrantReader() {}

    static Spec.Grant grant(String path, JsonNode node, ServiceName name) {
        Fields spec = Fields.of(path, node, Set.of("from", "to"));
        return RouteReader.in(
                path,
                () -> new Spec.Grant(new ReferenceGrant(
                        name.namespace(), spec.list("from", GrantReader::from), spec.list("to", GrantReader::to))));
    }

    private static ReferenceGrant.From from(Fields.Item item) {
        Fields from = item.object(Set.of("group", "kind", "namespace"));
        String kind = from.requiredText("kind");
        if (!from.text("group", "").equals(ROUTES) || (!kind.equals("HTTPRoute") && !kind.equals("GRPCRoute"))) {
            throw Fields.bad(
                    from.path() + ".kind",
                    "is not supported",
                    "write kind: HTTPRoute or GRPCRoute with group: " + ROUTES);
        }
        String namespace = from.requiredText("namespace");
        return RouteReader.in(
                from.path(),
                () -> new ReferenceGrant.From(
                        kind.equals("HTTPRoute") ? HttpRoute.Kind.HTTP : HttpRoute.Kind.GRPC,
                        Rfc1123.label("namespace", namespace)));
    }

    private static ReferenceGrant.To to(Fields.Item item) {
        Fields to = item.object(Set.of("group", "kind", "name"));
        ServiceKind kind = RouteReferences.kind(to.text("group", ""), to.requiredText("kind"))
                .orElseThrow(() -> Fields.bad(
                        to.path() + ".kind",
                        "is not supported",
                        "write kind: Service with group: \"\", or kind: ServiceImport with group: "
                                + ServiceKind.SERVICE_IMPORT.group()));
        return new ReferenceGrant.To(
                kind,
                Optional.of(to.text("name", ""))
                        .filter(name -> !name.isEmpty())
                        .map(name -> RouteReader.in(to.path(), () -> Rfc1123.label("name", name))));
    }
}
