package io.tombolo.controller.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tombolo.controller.importing.RouteSurroundings;
import io.tombolo.controller.importing.Routes;
import io.tombolo.model.httproute.HttpRoute;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The status of a route as Gateway API shapes it, as of now: one entry for each service that it names. */
public record RouteStatus(List<Parent> parents) implements Status {
    private static final String CONTROLLER = "tombolo.io/controller";

    /**
     * @param port        absent = every port
     * @param sectionName absent = whatever the port's name
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ParentRef(
            String kind,
            String namespace,
            String name,
            @Nullable Integer port,
            @Nullable String sectionName) {}

    /** What became of it at one service. */
    public record Parent(ParentRef parentRef, String controllerName, List<Condition> conditions) {}

    /** @param surroundings empty = not known */
    static RouteStatus of(long generation, HttpRoute route, Optional<RouteSurroundings> surroundings) {
        List<Routes.AtParent> all =
                surroundings.map(known -> Routes.conditions(route, known)).orElseGet(() -> Routes.pending(route));
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
                parent.kind().text(),
                parent.service().namespace(),
                parent.service().name(),
                port,
                parent.section().orElse(null));
    }
}
