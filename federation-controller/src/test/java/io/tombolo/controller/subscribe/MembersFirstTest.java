package io.tombolo.controller.subscribe;

import static io.tombolo.controller.fixture.SmallFederation.WEST;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On Kafka's own imitation of a consumer. */
class MembersFirstTest {
    private static final TopicPartition MEMBERS = new TopicPartition("members", 0);
    private static final TopicPartition CATALOG = new TopicPartition("catalog.west", 0);
    private static final UnknownKeys.Key KEY = new UnknownKeys.Key(WEST, ByteString.copyFromUtf8("key"));

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final MembersFirst first = new MembersFirst(consumer, Duration.ofMillis(100));
    private long applied = 5;

    @BeforeEach
    void assign() {
        consumer.assign(List.of(MEMBERS, CATALOG));
        consumer.updateEndOffsets(Map.of(MEMBERS, 7L, CATALOG, 40L));
        consumer.seek(CATALOG, 31);
    }

    @Test
    void aTopicIsReadOnFromItsRecordOnceTheMembersWereReadToTheEndThatTheyHadThen() {
        // When
        first.waitFor(CATALOG, 30, KEY);
        // Then
        assertThat(consumer.paused()).containsExactly(CATALOG);
        assertThat(consumer.position(CATALOG)).isEqualTo(30);
        assertThat(settled()).isEmpty();
        // When the members grow meanwhile: that is no reason to wait longer
        consumer.updateEndOffsets(Map.of(MEMBERS, 90L));
        applied = 6;
        assertThat(settled()).isEmpty();
        applied = 7;
        // Then
        assertThat(settled()).containsExactly(KEY);
        assertThat(consumer.paused()).isEmpty();
        assertThat(settled()).isEmpty();
    }

    @Test
    void whoIsPutOutMeanwhileIsNotWaitedForAnyMore() {
        // Given
        first.waitFor(CATALOG, 30, KEY);
        // When
        consumer.assign(List.of(MEMBERS));
        applied = 7;
        // Then
        assertThat(settled()).isEmpty();
    }

    private List<UnknownKeys.Key> settled() {
        return first.settled(MEMBERS, offset -> applied >= offset);
    }
}
