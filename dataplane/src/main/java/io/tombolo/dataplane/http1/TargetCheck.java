package io.tombolo.dataplane.http1;

import java.util.Locale;

/** The four forms of a request target, each only where RFC 9112 §3.2 allows it. */
final class TargetCheck {
    private static final String SCHEME = "http://";

    private TargetCheck() {}

    static void check(String method, String target) {
        if (!Syntax.isTarget(target) || !fits(method, target)) {
            throw new FlawException(HttpFlaw.BAD_TARGET);
        }
    }

    private static boolean fits(String method, String target) {
        if (method.equals("CONNECT")) {
            return Authority.parse(target).filter(a -> a.port() > 0).isPresent();
        }
        if (target.equals("*")) {
            return method.equals("OPTIONS");
        }
        return target.charAt(0) == '/' || isAbsolute(target);
    }

    private static boolean isAbsolute(String target) {
        return target.toLowerCase(Locale.ROOT).startsWith(SCHEME)
                && Authority.parse(authority(target)).isPresent();
    }

    /** What stands between {@code http://} and the path. */
    static String authority(String absolute) {
        int end = SCHEME.length();
        while (end < absolute.length() && absolute.charAt(end) != '/' && absolute.charAt(end) != '?') {
            end++;
        }
        return absolute.substring(SCHEME.length(), end);
    }
}
