package io.tombolo.model.httproute;

import java.util.Locale;

/** A header's or a query parameter's name with one value. */
public record NameValue(String name, String value) implements ValueMatch {
    /** A header to match; its name in lower case. */
    public static NameValue header(String name, String value) {
        return new NameValue(
                RouteSyntax.token("header", name).toLowerCase(Locale.ROOT), RouteSyntax.headerValue(value));
    }

    /** A header to set or add; its name in lower case, and none that belongs to the proxies. */
    public static NameValue changed(String name, String value) {
        return new NameValue(RouteSyntax.changeable(name), RouteSyntax.headerValue(value));
    }

    /** A query parameter to match, decoded. */
    public static NameValue query(String name, String value) {
        return new NameValue(RouteSyntax.token("query parameter", name), RouteSyntax.headerValue(value));
    }

    @Override
    public boolean fits(String said) {
        return said.equals(value);
    }
}
