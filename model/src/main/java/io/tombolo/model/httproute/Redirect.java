package io.tombolo.model.httproute;

import io.tombolo.model.name.Hostname;
import io.tombolo.model.name.PortNumber;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * An answer that sends the client elsewhere (RFC 9110 §15.4). What is empty stays as the request has it.
 * @param scheme {@code http} or {@code https}
 * @param status 301, 302, 303, 307 or 308
 */
public record Redirect(
        Optional<String> scheme, Optional<Hostname> hostname, Optional<PathChange> path, OptionalInt port, int status) {
    private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    public Redirect {
        if (!STATUSES.contains(status)) {
            throw RouteSyntax.bad(
                    "status",
                    "" + status,
                    "use one of " + STATUSES.stream().sorted().toList());
        }
        if (!scheme.map(word -> word.equals("http") || word.equals("https")).orElse(true)) {
            throw RouteSyntax.bad("scheme", scheme.get(), "use http or https");
        }
        port.ifPresent(number -> PortNumber.check("redirect", number));
    }

    /**
     * Where to.
     * @param host     of the request, without a port
     * @param hostPort of the request
     * @param rest     the query with its question mark, or nothing
     */
    public String location(String host, int hostPort, String asked, String rest, PathMatch matched) {
        String to = scheme.orElse("http").toLowerCase(Locale.ROOT);
        int usual = to.equals("https") ? HTTPS_PORT : HTTP_PORT;
        int number = port.orElse(scheme.isPresent() ? usual : hostPort);
        return to + "://" + hostname.map(Hostname::text).orElse(host) + (number == usual ? "" : ":" + number)
                + path.map(change -> change.applied(asked, matched)).orElse(asked) + rest;
    }
}
