package io.tombolo.controller.store;

import io.tombolo.model.httproute.RouteLimits;
import io.tombolo.model.httproute.RouteRetry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the fields {@code timeouts} and {@code retry} of a rule. */
final class RouteLimitsReader {
    private static final int USUAL_ATTEMPTS = 2;

    private RouteLimitsReader() {}

    static RouteLimits read(Fields rule) {
        Fields timeouts = rule.object("timeouts", Set.of("request", "backendRequest"));
        return RouteReader.in(
                rule.path(),
                () -> new RouteLimits(
                        duration(timeouts, "request"), duration(timeouts, "backendRequest"), retry(rule)));
    }

    private static Optional<RouteRetry> retry(Fields rule) {
        if (!rule.has("retry")) {
            return Optional.empty();
        }
        Fields retry = rule.object("retry", Set.of("codes", "attempts", "backoff"));
        List<Integer> codes = retry.list("codes", Fields.Item::wholeNumber);
        return Optional.of(RouteReader.in(
                retry.path(),
                () -> new RouteRetry(
                        retry.wholeNumber("attempts", USUAL_ATTEMPTS),
                        Set.copyOf(codes),
                        duration(retry, "backoff").orElse(Duration.ZERO))));
    }

    private static Optional<Duration> duration(Fields fields, String name) {
        return fields.has(name)
                ? Optional.of(RouteDuration.parse(fields.path() + "." + name, fields.text(name, "")))
                : Optional.empty();
    }
}
