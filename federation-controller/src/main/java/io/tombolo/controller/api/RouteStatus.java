package io.tombolo.controller.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tombolo.controller.importing.Routes;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.httproute.HttpRoute;
import io.tombolo.model.httproute.ReferenceGrant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The status of a route as Gateway API shapes it, as of now: one entry for each service that it names. */
public record RouteStatus(List<Parent> parents) implements Status {
    private static final String CONTROLLER = "tombolo.io/controller";

    /** @param port absent = every port */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ParentRef(
            String kind,
            String namespace,
            String name,
            @Nullable Integer port) {}

    /** What became of it at one service. */
    public record Parent(ParentRef parentRef, String controllerName, List<Condition> conditions) {}

    /** @param imports empty = not known */
    static RouteStatus of(
            long generation, HttpRoute route, List<ReferenceGrant> grants, Optional<List<ImportedService>> imports) {
        List<Routes.AtParent> all =
                imports.map(known -> Routes.conditions(route, grants, known)).orElseGet(() -> Routes.pending(route));
        return new RouteStatus(all.stream()
                .map(at -> new Parent(
                        ref(at.parent()),
                        CONTROLLER,
                        at.conditions().stream()
                                .map(c -> Condition.of(c, generation))
                                .toList()))
                .toList());
    }

    private static ParentRef ref(HttpRoute.Parent parent) {
        Integer port = parent.port().isPresent() ? (Integer) parent.port().getAsInt() : null;
        return new ParentRef(
                "Service", parent.service().namespace(), parent.service().name(), port);
    }
}
