package io.tombolo.model.httproute;

import java.util.Locale;

/** What a header or a query parameter must be. */
public sealed interface ValueMatch permits NameValue, ValueMatch.Like {
    String name();

    /** @param said its value; several of a header are joined by a comma */
    boolean fits(String said);

    /** Anything that an expression is for. */
    record Like(String name, Expression value) implements ValueMatch {
        /** A header to match; its name in lower case. */
        public static Like header(String name, Expression value) {
            return new Like(RouteSyntax.token("header", name).toLowerCase(Locale.ROOT), value);
        }

        /** A query parameter to match, decoded. */
        public static Like query(String name, Expression value) {
            return new Like(RouteSyntax.token("query parameter", name), value);
        }

        @Override
        public boolean fits(String said) {
            return value.fits(said);
        }
    }
}
