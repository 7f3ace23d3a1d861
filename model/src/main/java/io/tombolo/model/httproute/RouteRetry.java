package io.tombolo.model.httproute;

import java.time.Duration;
import java.util.Set;

/**
 * What is tried again (GEP-1731). Only a request that may safely be sent twice is.
 * @param attempts after the first; 0 to 10
 * @param statuses answers that are as good as none: 400 to 599, at most 32
 * @param backoff  before each; at most a minute
 */
public record RouteRetry(int attempts, Set<Integer> statuses, Duration backoff) {
    /** After the first. */
    public static final int MOST_ATTEMPTS = 10;

    /** Of one rule. */
    public static final int MOST_STATUSES = 32;

    private static final Duration LONGEST = Duration.ofMinutes(1);

    public RouteRetry {
        statuses = Set.copyOf(statuses);
        if (attempts < 0 || attempts > MOST_ATTEMPTS) {
            throw RouteSyntax.bad("retry", "attempts " + attempts, "write 0 to " + MOST_ATTEMPTS);
        }
        if (statuses.size() > MOST_STATUSES || !statuses.stream().allMatch(code -> code >= 400 && code <= 599)) {
            throw RouteSyntax.bad("retry", "codes", "write at most " + MOST_STATUSES + " of 400 to 599");
        }
        if (backoff.isNegative() || backoff.compareTo(LONGEST) > 0) {
            throw RouteSyntax.bad("retry", "backoff " + backoff, "write 0s to 1m");
        }
    }
}
