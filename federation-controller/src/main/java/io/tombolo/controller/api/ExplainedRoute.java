package io.tombolo.controller.api;

import io.tombolo.controller.api.ExplainResource.Step;
import io.tombolo.controller.exporting.LocalServices;
import io.tombolo.controller.importing.RouteSurroundings;
import io.tombolo.controller.importing.Routes;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.httproute.AskedFor;
import io.tombolo.model.httproute.Backend;
import io.tombolo.model.httproute.HttpRoute;
import io.tombolo.model.httproute.RouteTable;
import io.tombolo.model.httproute.RouteTarget;
import io.tombolo.model.name.ServicePort;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which rule of which route a request meets: the same table as in the caller's sidecar. */
final class ExplainedRoute {
    private ExplainedRoute() {}

    /** A request as routes look at it. */
    private record Asked(ExplainedAuthorization.Described request) implements AskedFor {
        @Override
        public String method() {
            return request.method();
        }

        @Override
        public String path() {
            return request.target().split("\\?", 2)[0];
        }

        @Override
        public Optional<String> query(String name) {
            String[] parts = request.target().split("\\?", 2);
            return Stream.of(parts.length < 2 ? new String[0] : parts[1].split("&"))
                    .map(pair -> pair.split("=", 2))
                    .filter(pair -> decoded(pair[0]).equals(name))
                    .map(pair -> pair.length < 2 ? "" : decoded(pair[1]))
                    .findFirst();
        }

        private static String decoded(String text) {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        }

        @Override
        public Optional<String> header(String lowerCaseName) {
            List<String> values = request.headers(lowerCaseName);
            return values.isEmpty() ? Optional.empty() : Optional.of(String.join(",", values));
        }
    }

    static Step step(
            LocalServices local,
            RouteSurroundings surroundings,
            ImportedService service,
            int port,
            Explainer.Call call) {
        List<HttpRoute> attached = Routes.of(local.routes(), surroundings, call.namespace()).stream()
                .filter(route -> route.parents().stream().anyMatch(parent -> isAt(parent, service, port)))
                .toList();
        if (attached.isEmpty()) {
            return new Step("route", "no route is attached: the service itself answers", "ok");
        }
        return RouteTable.of(attached)
                .meet(new Asked(call.request()))
                .map(ExplainedRoute::met)
                .orElseGet(() -> new Step(
                        "route",
                        attached.size() + " routes are attached, and no rule of them fits the request: 404, TB-2027",
                        "refused"));
    }

    private static boolean isAt(HttpRoute.Parent parent, ImportedService service, int port) {
        return parent.service().equals(service.service())
                && (parent.port().isEmpty() || parent.port().getAsInt() == port);
    }

    private static Step met(RouteTable.Met met) {
        String which = met.route().kind().text() + " " + met.route().name() + ", rule "
                + met.route().rules().indexOf(met.rule()) + ": ";
        return switch (met.rule().target()) {
            case RouteTarget.Elsewhere _ -> new Step("route", which + "it is answered with a redirect", "ok");
            case RouteTarget.Forward forward -> forwarded(which, forward.backends());
        };
    }

    private static Step forwarded(String which, List<Backend> backends) {
        long total = backends.stream().mapToLong(Backend::weight).sum();
        if (total == 0) {
            return new Step("route", which + "it has no backend: 500", "refused");
        }
        String shares = backends.stream()
                .filter(backend -> backend.weight() > 0)
                .map(backend -> Math.round(1_000.0 * backend.weight() / total) / 10.0 + " % to "
                        + backend.service()
                                .map(ServicePort::toString)
                                .orElse("a backend that may not be used (TB-2028)"))
                .collect(Collectors.joining(", "));
        return new Step("route", which + shares + "; explain those for where they go on", "ok");
    }
}
