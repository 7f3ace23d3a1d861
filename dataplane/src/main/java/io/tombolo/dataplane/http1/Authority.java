package io.tombolo.dataplane.http1;

import java.util.Locale;
import java.util.Optional;

/**
 * The host and port of a target or Host header (RFC 3986 §3.2).
 * @param host lower case; an IPv6 address in brackets
 * @param port 1 to 65535, or -1 when none is written
 */
public record Authority(String host, int port) {
    private static final int MAX_LENGTH = 262;

    /** Reads {@code host}, {@code host:port} or {@code [v6]:port}; empty for anything else, as with user information. */
    public static Optional<Authority> parse(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        int hostEnd = text.charAt(0) == '[' ? bracketEnd(text) : nameEnd(text);
        if (hostEnd < 1) {
            return Optional.empty();
        }
        String host = text.substring(0, hostEnd).toLowerCase(Locale.ROOT);
        if (hostEnd == text.length()) {
            return Optional.of(new Authority(host, -1));
        }
        int port = text.charAt(hostEnd) == ':' ? port(text.substring(hostEnd + 1)) : -1;
        return port < 1 ? Optional.empty() : Optional.of(new Authority(host, port));
    }

    private static int bracketEnd(String text) {
        int end = text.indexOf(']');
        boolean address = end > 2
                && text.substring(1, end).chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == ':' || c == '.');
        return address ? end + 1 : -1;
    }

    private static int nameEnd(String text) {
        int end = text.indexOf(':');
        int hostEnd = end < 0 ? text.length() : end;
        for (int i = 0; i < hostEnd; i++) {
            if (!Syntax.isHostChar(text.charAt(i))) {
                return -1;
            }
        }
        return hostEnd;
    }

    private static int port(String digits) {
        if (digits.length() > 5 || !Syntax.isNumber(digits)) {
            return -1;
        }
        int port = Integer.parseInt(digits);
        return port <= 65_535 ? port : -1;
    }

    /** As written in a Host header. */
    @Override
    public String toString() {
        return port < 0 ? host : host + ":" + port;
    }
}
