package io.tombolo.wire.codec;

import io.tombolo.model.httproute.RouteLimits;
import io.tombolo.model.httproute.RouteRetry;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** How long the requests of a route's rule wait, on the wire. */
final class FeedRouteLimits {
    private FeedRouteLimits() {}

    static RouteLimits toModel(String where, io.tombolo.wire.feed.HttpRoute.Rule wire) {
        return new RouteLimits(
                wire.hasAnswerWithinMs() ? Optional.of(millis(where, wire.getAnswerWithinMs())) : Optional.empty(),
                Optional.of(millis(where, wire.getAttemptWithinMs())),
                wire.hasRetry() ? Optional.of(retry(where, wire.getRetry())) : Optional.empty());
    }

    static void toWire(RouteLimits limits, io.tombolo.wire.feed.HttpRoute.Rule.Builder wire) {
        limits.answerWithin().ifPresent(limit -> wire.setAnswerWithinMs(limit.toMillis()));
        limits.attemptWithin().ifPresent(limit -> wire.setAttemptWithinMs(limit.toMillis()));
        limits.retry()
                .ifPresent(retry -> wire.setRetry(io.tombolo.wire.feed.HttpRoute.Retry.newBuilder()
                        .setAttempts(retry.attempts())
                        .addAllStatuses(retry.statuses().stream().sorted().toList())
                        .setBackoffMs(retry.backoff().toMillis())));
    }

    private static RouteRetry retry(String where, io.tombolo.wire.feed.HttpRoute.Retry wire) {
        return new RouteRetry(
                wire.getAttempts(),
                Set.copyOf(Wire.list(
                        where, wire.getStatusesList(), RouteRetry.MOST_STATUSES, Function.<Integer>identity())),
                millis(where, wire.getBackoffMs()));
    }

    private static Duration millis(String where, long wire) {
        return Duration.ofMillis(Wire.count(where, wire));
    }
}
