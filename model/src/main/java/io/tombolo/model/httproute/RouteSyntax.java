package io.tombolo.model.httproute;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What names, values and paths of a route may consist of: nothing that could end a line or leave its part of a request. */
final class RouteSyntax {
    private static final int MAX_NAME = 256;
    private static final int MAX_VALUE = 4_096;
    private static final int MAX_PATH = 1_024;
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
    private static final String PATH_MARKS = "-._~!$&'()*+,;=:@/%";
    private static final List<String> NOT_IN_PATHS = List.of("//", "/./", "/../", "%2f", "%2F");

    /** They say how a message is framed or whom a connection is with, which is nothing of a route's. */
    private static final Set<String> NOT_TO_CHANGE = Set.of(
            "connection",
            "content-length",
            "host",
            "keep-alive",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private RouteSyntax() {}

    /** RFC 9110 §5.6.2. */
    static String token(String what, String text) {
        if (text.isEmpty() || text.length() > MAX_NAME || !text.chars().allMatch(RouteSyntax::isToken)) {
            throw bad(what, text, "use letters, digits and -");
        }
        return text;
    }

    /** The name of a header that a route may change, in lower case. */
    static String changeable(String name) {
        String lower = token("header", name).toLowerCase(Locale.ROOT);
        if (NOT_TO_CHANGE.contains(lower) || lower.startsWith("tombolo-")) {
            throw bad("header", name, "it is the proxies' own; a host is changed by URLRewrite");
        }
        return lower;
    }

    /** RFC 9110 §5.5, visible ASCII with blanks inside. */
    static String headerValue(String text) {
        boolean visible = text.chars().allMatch(c -> c >= 0x20 && c < 0x7f) && text.equals(text.strip());
        if (!visible || text.length() > MAX_VALUE) {
            throw bad("header value", text, "use at most " + MAX_VALUE + " visible characters");
        }
        return text;
    }

    /** RFC 3986 §3.3, absolute, without what a server might resolve to another path. */
    static String path(String text) {
        boolean sound = text.startsWith("/")
                && text.length() <= MAX_PATH
                && text.chars().allMatch(RouteSyntax::isPathCharacter)
                && NOT_IN_PATHS.stream().noneMatch(text::contains)
                && !text.endsWith("/..")
                && !text.endsWith("/.");
        if (!sound) {
            throw bad("path", text, "begin it with / and leave out //, . and .. as parts, %2f, ? and #");
        }
        return text;
    }

    static TomboloException bad(String what, String text, String fix) {
        var shown = new StringBuilder();
        text.chars().limit(80).forEach(c -> shown.append(c >= 0x20 && c < 0x7f ? (char) c : '?'));
        return new TomboloException(Fault.BAD_RESOURCE, what + " '" + shown + "'", "cannot be used in a route", fix);
    }

    private static boolean isToken(int c) {
        return isAlphanumeric(c) || TOKEN_MARKS.indexOf(c) >= 0;
    }

    private static boolean isPathCharacter(int c) {
        return isAlphanumeric(c) || PATH_MARKS.indexOf(c) >= 0;
    }

    private static boolean isAlphanumeric(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
