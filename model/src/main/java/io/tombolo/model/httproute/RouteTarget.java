package io.tombolo.model.httproute;

import java.util.List;
import java.util.Optional;

/** What becomes of a request that met a rule. */
public sealed interface RouteTarget {
    /** It goes to one of the backends, drawn by weight. */
    record Forward(List<Backend> backends, Optional<PathChange> path) implements RouteTarget {
        /** Of one rule. */
        public static final int MOST_BACKENDS = 16;

        public Forward {
            backends = List.copyOf(backends);
            if (backends.size() > MOST_BACKENDS) {
                throw RouteSyntax.bad("rule", "", "name at most " + MOST_BACKENDS + " backends");
            }
        }
    }

    /** It is answered here. */
    record Elsewhere(Redirect redirect) implements RouteTarget {}
}
