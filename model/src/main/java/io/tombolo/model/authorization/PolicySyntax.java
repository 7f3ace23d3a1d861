package io.tombolo.model.authorization;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ServiceName;
import java.util.Locale;
import java.util.Set;

/** What the values of a policy may consist of. */
final class PolicySyntax {
    private static final int MAX_NAME = 256;
    private static final int MAX_TEXT = 1_024;
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
    private static final String PATH_MARKS = "-._~!$&'()+,=:@/";

    /** They are not what a caller says to the application: a proxy writes them, checks them, or takes them out. */
    private static final Set<String> NOT_TO_LOOK_AT = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "http2-settings",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private PolicySyntax() {}

    /** RFC 9110 §5.6.2. */
    static String token(String what, String text) {
        boolean sound = !text.isEmpty()
                && text.length() <= MAX_NAME
                && text.chars().allMatch(c -> isAlphanumeric(c) || TOKEN_MARKS.indexOf(c) >= 0);
        if (!sound) {
            throw bad(what, text, "use letters, digits and -");
        }
        return text;
    }

    /** In lower case. */
    static String header(String name) {
        String lower = token("header", name).toLowerCase(Locale.ROOT);
        if (NOT_TO_LOOK_AT.contains(lower) || lower.startsWith("tombolo-")) {
            throw bad("header", name, "the proxies write or remove it; who calls is said in `from`");
        }
        return lower;
    }

    /** RFC 9110 §5.5, visible ASCII with blanks inside. */
    static void headerValue(String text) {
        boolean visible = text.chars().allMatch(c -> c >= ' ' && c < 0x7f) && text.equals(text.strip());
        if (!visible || text.isEmpty() || text.length() > MAX_TEXT) {
            throw bad("header value", text, "use 1 to " + MAX_TEXT + " visible characters");
        }
    }

    /** Plain, without a final slash. */
    static void path(String text) {
        boolean sound = text.isEmpty()
                || (text.length() <= MAX_TEXT
                        && text.chars().allMatch(c -> isAlphanumeric(c) || PATH_MARKS.indexOf(c) >= 0)
                        && text.equals(PlainPath.of(text)));
        if (!sound) {
            throw badPath(text);
        }
    }

    static TomboloException badPath(String text) {
        return bad(
                "path",
                text,
                "write it decoded, beginning with /, without //, %, ;, parts that end in a dot, and with * only as the last part");
    }

    static void port(int port) {
        if (port < 1 || port > 65_535) {
            throw bad("port", String.valueOf(port), "write 1 to 65535");
        }
    }

    /** Also for what else is an RFC 1123 label. */
    static void namespace(String text) {
        var _ = new ServiceName(text, "x");
    }

    static TomboloException bad(String what, String text, String fix) {
        var shown = new StringBuilder();
        text.chars().limit(80).forEach(c -> shown.append(c >= ' ' && c < 0x7f ? (char) c : '?'));
        return new TomboloException(Fault.BAD_RESOURCE, what + " '" + shown + "'", "cannot be used in a policy", fix);
    }

    private static boolean isAlphanumeric(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
