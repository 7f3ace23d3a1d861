package io.tombolo.dataplane.feed;

import io.tombolo.wire.codec.FeedEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How old the news of the members is, by this proxy's own clock: the controller says when it last had news, and from then on
 * only the monotonic clock counts. Confined to the feed's thread; times are handed in.
 */
final class NewsClock {
    /** For a controller that says nothing of it. */
    private static final Duration USUAL = Duration.ofHours(24);

    private Instant newsAt = Instant.EPOCH;
    private Duration maxBlind = USUAL;
    private long atNanos;

    NewsClock(long nowNanos) {
        this.atNanos = nowNanos;
    }

    /** What a state says; empty = nothing, then its arrival counts. */
    void take(Optional<FeedEntry.News> said, Instant now, long nowNanos) {
        if (said.isEmpty()) {
            atNanos = nowNanos;
            return;
        }
        FeedEntry.News news = said.get();
        maxBlind = news.maxBlind();
        if (news.newsAt().isAfter(newsAt)) {
            newsAt = news.newsAt();
            Duration age = Duration.between(newsAt, now);
            atNanos = nowNanos - (age.isNegative() ? 0 : age.toNanos());
        }
    }

    Duration age(long nowNanos) {
        return Duration.ofNanos(nowNanos - atNanos);
    }

    /** Nothing of other clusters counts any more. */
    boolean isBlind(long nowNanos) {
        return age(nowNanos).compareTo(maxBlind) > 0;
    }

    /** Half of the time is over. */
    boolean isWarned(long nowNanos) {
        return age(nowNanos).compareTo(maxBlind.dividedBy(2)) >= 0;
    }
}
