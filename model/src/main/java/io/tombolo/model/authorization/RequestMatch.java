package io.tombolo.model.authorization;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is asked for; all of its parts must fit.
 * @param methods in upper case; the case that a client writes does not count
 * @param paths   compared with the path as the application would see it
 */
public record RequestMatch(Among<Integer> ports, Among<String> methods, Among<PathPattern> paths) {
    public RequestMatch {
        if (ports.isAny() && methods.isAny() && paths.isAny()) {
            throw PolicySyntax.bad("to", "", "say what is meant, or leave `to` out, which means everything");
        }
        ports.in().forEach(PolicySyntax::port);
        ports.not().forEach(PolicySyntax::port);
        methods = new Among<>(upper(methods.in()), upper(methods.not()));
    }

    private static Set<String> upper(Set<String> methods) {
        return methods.stream()
                .map(method -> PolicySyntax.token("method", method).toUpperCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    /** Whether it looks at what only HTTP has. */
    public boolean needsHttp() {
        return !methods.isAny() || !paths.isAny();
    }

    /** Ports are not looked at: see {@link AuthorizationRule#at}. */
    boolean fits(Question asked, boolean doubtful) {
        AskedHttp http = asked.http();
        return http == null ? doubtful || !needsHttp() : fitsMethod(http) && fitsPath(asked, doubtful);
    }

    private boolean fitsMethod(AskedHttp http) {
        return methods.isAny() || methods.fits(http.method().toUpperCase(Locale.ROOT));
    }

    private boolean fitsPath(Question asked, boolean doubtful) {
        if (paths.isAny()) {
            return true;
        }
        String path = asked.plainPath();
        return path == null
                ? doubtful
                : (paths.in().isEmpty() || PathPattern.anyFits(paths.in(), path))
                        && !PathPattern.anyFits(paths.not(), path);
    }
}
