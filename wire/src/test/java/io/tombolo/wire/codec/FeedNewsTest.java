package io.tombolo.wire.codec;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.wire.feed.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeedNewsTest {
    private static final FeedEntry NEWS = new FeedEntry.News(Instant.EPOCH, Duration.ofHours(24));

    @Test
    void aTimeWithoutNewsThatIsOutOfRangeIsRefused() {
        for (long millis : List.of(-1L, 0L, 59_999L, Duration.ofDays(30).toMillis() + 1)) {
            Entry.Builder news = FeedCodec.toWire(NEWS).toBuilder();
            news.getNewsBuilder().setMaxBlindMs(millis);
            assertThatThrownBy(() -> FeedCodec.toModel(news.build())).hasMessageContaining("MALFORMED_RECORD");
        }
    }
}
