package io.tombolo.controller.importing;

import io.tombolo.catalog.freshness.Blindness;
import io.tombolo.catalog.view.CatalogView;
import io.tombolo.wire.codec.FeedEntry;
import java.time.Duration;
import java.time.Instant;

/**
 * Tells proxies how old the news of the members is, so that one that loses its controller goes local only by itself. In
 * steps, rounded to the past: each step is a new state for every proxy, and a proxy may be early but never late.
 */
final class MembersNewsEntry {
    private static final int STEPS = 24;

    private MembersNewsEntry() {}

    static FeedEntry.News of(CatalogView view) {
        Blindness blindness = view.blindness();
        Duration step = blindness.maxBlind().dividedBy(STEPS);
        long newsMillis = view.newsAt().toEpochMilli();
        long stepMillis = Math.max(1, step.toMillis());
        return new FeedEntry.News(
                Instant.ofEpochMilli(newsMillis - Math.floorMod(newsMillis, stepMillis)), blindness.maxBlind());
    }
}
