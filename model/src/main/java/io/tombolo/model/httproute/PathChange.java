package io.tombolo.model.httproute;

/** What becomes of a request's path. The query stays. */
public sealed interface PathChange {
    /** @param matched what the rule's match was for */
    String applied(String path, PathMatch matched);

    /** Another one. */
    record Whole(String path) implements PathChange {
        public Whole {
            RouteSyntax.path(path);
        }

        @Override
        public String applied(String asked, PathMatch matched) {
            return path;
        }
    }

    /** Another beginning in the place of the prefix that was matched; may be empty. */
    record Prefix(String path) implements PathChange {
        public Prefix {
            if (!path.isEmpty()) {
                RouteSyntax.path(path);
            }
        }

        @Override
        public String applied(String asked, PathMatch matched) {
            String rest =
                    asked.substring(PathMatch.withoutFinalSlash(matched.path()).length());
            String changed = PathMatch.withoutFinalSlash(path) + rest;
            return changed.isEmpty() ? "/" : changed;
        }
    }
}
