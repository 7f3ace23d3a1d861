package io.tombolo.controller.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.wire.codec.FeedDigest;
import io.tombolo.wire.feed.Entry;
import io.tombolo.wire.feed.OriginFreshness;
import io.tombolo.wire.feed.Update;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FeedStateTest {
    @Test
    void aDeltaNamesExactlyWhatChangedAndWhatIsGone() {
        FeedState before = state(1, "a=1", "b=1", "c=1");
        FeedState after = state(2, "a=1", "b=2", "d=1");
        Update delta = after.since(before);
        assertThat(delta.getBaseVersion()).isEqualTo(1);
        assertThat(delta.getChangedList()).extracting(Entry::getKey).containsExactly("b", "d");
        assertThat(delta.getRemovedList()).containsExactly("c");
    }

    @Test
    void everyDeltaAppliedToItsBaseAddsUpToItsDigest() {
        var random = new Random(7);
        FeedState before = random(random, 1);
        for (int version = 2; version < 200; version++) {
            FeedState after = random(random, version);
            Update delta = after.since(before);
            var applied = new TreeMap<>(before.entries());
            delta.getRemovedList().forEach(applied::remove);
            delta.getChangedList().forEach(entry -> applied.put(entry.getKey(), entry));
            assertThat(FeedDigest.fits(applied.values(), delta.getDigest().toByteArray()))
                    .isTrue();
            before = after;
        }
    }

    @Test
    void aSnapshotReplacesEverything() {
        Update snapshot = state(5, "a=1", "b=1").snapshot();
        assertThat(snapshot.getBaseVersion()).isZero();
        assertThat(snapshot.getChangedList()).hasSize(2);
    }

    private static FeedState random(Random random, long version) {
        var entries = new String[random.nextInt(8)];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = (char) ('a' + random.nextInt(6)) + "=" + random.nextInt(3);
        }
        return state(version, entries);
    }

    private static FeedState state(long version, String... texts) {
        var entries = new TreeMap<String, Entry>();
        for (String text : texts) {
            String key = text.substring(0, 1);
            entries.put(
                    key,
                    Entry.newBuilder()
                            .setKey(key)
                            .setFreshness(OriginFreshness.newBuilder().setCluster(text))
                            .build());
        }
        return FeedState.of(version, entries);
    }
}
