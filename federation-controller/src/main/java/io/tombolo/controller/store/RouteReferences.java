package io.tombolo.controller.store;

import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.httproute.HttpRoute;
import io.tombolo.model.httproute.Referred;
import io.tombolo.model.httproute.ServiceKind;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.ServicePort;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads how a route names services: its parents, backends and mirrors.
 * @param route     names the namespace that short references are in
 * @param strangers what becomes of a backend of a kind that is no service
 */
record RouteReferences(ServiceName route, Strangers strangers) {
    /** Who writes by hand is told at once; an object of Kubernetes counts without that backend, and its status says so. */
    enum Strangers {
        REFUSED,
        KEPT
    }

    /** Empty if it is no service. */
    static Optional<ServiceKind> kind(String group, String kind) {
        return Stream.of(ServiceKind.values())
                .filter(one -> one.text().equals(kind) && one.group().equals(group))
                .findFirst();
    }

    HttpRoute.Parent parent(Fields.Item item) {
        Fields ref = item.object(Set.of("group", "kind", "namespace", "name", "port", "sectionName"));
        ServiceKind kind = kind(ref).orElseThrow(() -> unknown(ref, "kind: Service with group: \"\""));
        ServiceName service = service(ref);
        return new HttpRoute.Parent(
                kind,
                service,
                port(ref, service),
                Optional.of(ref.text("sectionName", "")).filter(name -> !name.isEmpty()));
    }

    /** Of a backend or a mirror. */
    Referred target(Fields ref) {
        Optional<ServiceKind> kind = kind(ref);
        if (kind.isEmpty()) {
            return stranger(ref);
        }
        ServiceName service = service(ref);
        return switch (kind.get()) {
            case SERVICE ->
                RouteReader.in(ref.path(), () -> new Referred.Port(new ServicePort(service, ref.requiredInt("port"))));
            case SERVICE_IMPORT -> new Referred.Import(service, port(ref, service));
        };
    }

    private Referred stranger(Fields ref) {
        return switch (strangers) {
            case REFUSED -> throw unknown(ref, "kind: Service or ServiceImport");
            case KEPT -> new Referred.Stranger(ref.text("group", "") + "/" + ref.text("kind", ""));
        };
    }

    private static Optional<ServiceKind> kind(Fields ref) {
        return kind(ref.text("group", ""), ref.text("kind", ServiceKind.SERVICE.text()));
    }

    private static TomboloException unknown(Fields ref, String usual) {
        return Fields.bad(
                ref.path() + ".kind",
                ref.text("kind", "Service") + " of group '" + ref.text("group", "") + "' is not supported",
                "write " + usual + ", or kind: ServiceImport with group: " + ServiceKind.SERVICE_IMPORT.group());
    }

    private static OptionalInt port(Fields ref, ServiceName service) {
        return ref.has("port")
                ? OptionalInt.of(
                        RouteReader.in(ref.path(), () -> new ServicePort(service, ref.requiredInt("port")).port()))
                : OptionalInt.empty();
    }

    private ServiceName service(Fields ref) {
        return RouteReader.in(
                ref.path(), () -> new ServiceName(ref.text("namespace", route.namespace()), ref.requiredText("name")));
    }
}
