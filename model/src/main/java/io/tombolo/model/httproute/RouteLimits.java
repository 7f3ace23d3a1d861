package io.tombolo.model.httproute;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a rule's requests wait, and what is tried again.
 * @param answerWithin  for the head of an answer, all attempts together; empty = as without a route, zero = for ever
 * @param attemptWithin for the head of an answer to one attempt; empty or zero = as long as {@code answerWithin}
 * @param retry         empty = as without a route
 */
public record RouteLimits(
        Optional<Duration> answerWithin, Optional<Duration> attemptWithin, Optional<RouteRetry> retry) {
    /** As without a route. */
    public static final RouteLimits NONE = new RouteLimits(Optional.empty(), Optional.empty(), Optional.empty());

    public RouteLimits {
        attemptWithin = attemptWithin.filter(Duration::isPositive);
        Duration attempt = attemptWithin.orElse(Duration.ZERO);
        if (answerWithin
                .filter(Duration::isPositive)
                .filter(whole -> whole.compareTo(attempt) < 0)
                .isPresent()) {
            throw RouteSyntax.bad("timeouts", "backendRequest", "make it no longer than request");
        }
    }
}
