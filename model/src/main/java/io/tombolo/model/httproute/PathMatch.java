package io.tombolo.model.httproute;

/** Which paths a rule is for. Compared as the client wrote them, without the query. */
public sealed interface PathMatch {
    /** Every path. */
    PathMatch ANY = new Prefix("/");

    /** As written. */
    String path();

    boolean fits(String path);

    /** Rows of a lower one are looked at first. */
    default int rank() {
        return 2;
    }

    /** Exactly this one. */
    record Exact(String path) implements PathMatch {
        public Exact {
            RouteSyntax.path(path);
        }

        @Override
        public boolean fits(String asked) {
            return asked.equals(path);
        }

        @Override
        public int rank() {
            return 0;
        }
    }

    /** Those that an expression is for, from their first character to their last. */
    record Like(Expression expression) implements PathMatch {
        @Override
        public String path() {
            return expression.source();
        }

        @Override
        public boolean fits(String asked) {
            return expression.fits(asked);
        }

        @Override
        public int rank() {
            return 1;
        }
    }

    /** This one and those below it, part by part: {@code /a} is for {@code /a} and {@code /a/b}, not for {@code /ab}. */
    record Prefix(String path) implements PathMatch {
        public Prefix {
            RouteSyntax.path(path);
        }

        @Override
        public boolean fits(String asked) {
            int length = bare().length();
            return asked.startsWith(bare()) && (asked.length() == length || asked.charAt(length) == '/');
        }

        /** Without a final slash, which means nothing. */
        String bare() {
            return withoutFinalSlash(path);
        }
    }

    /**
     * A method of gRPC, whichever service has it: {@code /any.Service/method}.
     * @param path {@code /method}
     */
    record Method(String path) implements PathMatch {
        public Method {
            RouteSyntax.path(path);
            if (path.lastIndexOf('/') != 0 || path.length() < 2) {
                throw RouteSyntax.bad("method", path, "write its bare name");
            }
        }

        @Override
        public boolean fits(String asked) {
            return asked.endsWith(path)
                    && asked.lastIndexOf('/') > 1
                    && asked.indexOf('/', 1) == asked.lastIndexOf('/');
        }
    }

    /** {@code /a/} is {@code /a}, and {@code /} is nothing. */
    static String withoutFinalSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
