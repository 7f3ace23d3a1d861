package io.tombolo.model.httproute;

import io.tombolo.model.name.ServiceName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A route and the services whose callers it is for.
 * @param createdAt of two rules that fit as well, the older route's counts
 * @param parents   at least one
 */
public record HttpRoute(Kind kind, ServiceName name, Instant createdAt, List<Parent> parents, List<RouteRule> rules) {
    /** Of one route. */
    public static final int MOST_PARENTS = 32;

    /** Of one route. */
    public static final int MOST_RULES = 16;

    /** How it was written: names of one kind say nothing about those of another. */
    public enum Kind {
        HTTP("HTTPRoute"),
        GRPC("GRPCRoute");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** As in YAML. */
        public String text() {
            return text;
        }
    }

    /**
     * A service that a route is bound to.
     * @param port    empty = every port of the service
     * @param section the name of the port; empty = whatever its name
     */
    public record Parent(ServiceKind kind, ServiceName service, OptionalInt port, Optional<String> section) {
        public Parent(ServiceName service, OptionalInt port) {
            this(ServiceKind.SERVICE, service, port, Optional.empty());
        }
    }

    public HttpRoute {
        parents = List.copyOf(parents);
        rules = List.copyOf(rules);
        if (parents.isEmpty() || parents.size() > MOST_PARENTS || rules.size() > MOST_RULES) {
            throw RouteSyntax.bad(
                    "route", "" + name, "name 1 to " + MOST_PARENTS + " parents and at most " + MOST_RULES + " rules");
        }
    }
}
