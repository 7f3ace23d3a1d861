package io.tombolo.model.httproute;

import io.tombolo.model.name.Hostname;
import java.util.List;
import java.util.Optional;

/** What becomes of a request that met a rule. */
public sealed interface RouteTarget {
    /**
     * It goes to one of the backends, drawn by weight, and copies of it to each of the mirrors.
     * @param host what is written into Host; empty = the name of the service that gets it
     */
    record Forward(List<Backend> backends, Optional<PathChange> path, Optional<Hostname> host, List<Mirror> mirrors)
            implements RouteTarget {
        /** Of one rule. */
        public static final int MOST_BACKENDS = 16;

        /** Of one rule. */
        public static final int MOST_MIRRORS = 4;

        /** Without mirrors, under the name of the service. */
        public Forward(List<Backend> backends, Optional<PathChange> path) {
            this(backends, path, Optional.empty(), List.of());
        }

        public Forward {
            backends = List.copyOf(backends);
            mirrors = List.copyOf(mirrors);
            if (mirrors.size() > MOST_MIRRORS) {
                throw RouteSyntax.bad("rule", "", "name at most " + MOST_MIRRORS + " mirrors");
            }
            if (backends.size() > MOST_BACKENDS) {
                throw RouteSyntax.bad("rule", "", "name at most " + MOST_BACKENDS + " backends");
            }
        }
    }

    /** It is answered here. */
    record Elsewhere(Redirect redirect) implements RouteTarget {}
}
