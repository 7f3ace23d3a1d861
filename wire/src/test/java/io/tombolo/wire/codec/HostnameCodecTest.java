package io.tombolo.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.catalog.LocalInstance;
import io.tombolo.model.catalog.RosterEntry;
import io.tombolo.model.catalog.ServiceHealth;
import io.tombolo.model.name.InstanceHostname;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.wire.feed.Entry;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Host names of instances, in rosters and in entries of the feed. */
class HostnameCodecTest {
    private static final ServiceName MYSQL = new ServiceName("data", "mysql");
    private static final InstanceId ONE = InstanceId.of(1);
    private static final Optional<InstanceHostname> CALLED = Optional.of(new InstanceHostname("mysql-0"));

    private static ServiceHealth roster(Optional<InstanceHostname> hostname) {
        var entry = new RosterEntry(ONE, InstanceState.READY, 100, "a", hostname);
        return new ServiceHealth(MYSQL, 1, 1, 0, 0, List.of(entry));
    }

    private static FeedEntry local(Optional<InstanceHostname> hostname) {
        return new FeedEntry.Local(new LocalInstance(
                MYSQL,
                ONE,
                List.of(new HostPort("10.0.0.7", 15_006)),
                InstanceState.READY,
                100,
                "a",
                Set.of(3_306),
                new SpiffeId(new TrustDomain("west.demo.tombolo"), "data", "mysql"),
                hostname));
    }

    @Test
    void aHostnameReadsBackFromARosterAndFromTheFeed() {
        assertThat(HealthCodec.toModel(HealthCodec.toWire(roster(CALLED)))).isEqualTo(roster(CALLED));
        assertThat(FeedCodec.toModel(FeedCodec.toWire(local(CALLED)))).isEqualTo(local(CALLED));
    }

    /** What is written stays as it was, so that who has none has the bytes of before. */
    @Test
    void whoHasNoHostnameHasNoSuchField() {
        assertThat(HealthCodec.toWire(roster(Optional.empty())).getRoster(0).getAllFields())
                .hasSize(4);
        assertThat(FeedCodec.toWire(local(Optional.empty())).getLocalInstance().getAllFields())
                .hasSize(9);
    }

    /** One bad name of another cluster does not make its other instances unknown. */
    @Test
    void whatCannotBeAHostnameIsNoneAndTheRestIsReadAllTheSame() {
        for (String text :
                List.of("Mysql-0", "mysql-0.east", "*", "_tcp", InstanceId.of(7).value(), "a".repeat(64))) {
            // Given
            var health = HealthCodec.toWire(roster(CALLED)).toBuilder();
            health.getRosterBuilder(0).setHostname(text);
            Entry.Builder entry = FeedCodec.toWire(local(CALLED)).toBuilder();
            entry.getLocalInstanceBuilder().setHostname(text);
            // Then
            assertThat(HealthCodec.toModel(health.build())).as(text).isEqualTo(roster(Optional.empty()));
            assertThat(FeedCodec.toModel(entry.build())).as(text).isEqualTo(local(Optional.empty()));
        }
    }

    /** It does not know the field, and keeps it where it was, or the digest would not fit. */
    @Test
    void aProxyOfBeforeHasTheDigestOfItsController() throws InvalidProtocolBufferException {
        // Given
        Entry written = FeedCodec.toWire(local(CALLED));
        Entry without = FeedCodec.toWire(local(Optional.empty()));
        // When
        Entry.Builder before = Entry.parseFrom(without.toByteArray()).toBuilder();
        before.getLocalInstanceBuilder()
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                10,
                                UnknownFieldSet.Field.newBuilder()
                                        .addLengthDelimited(ByteString.copyFromUtf8("mysql-0"))
                                        .build())
                        .build());
        // Then
        assertThat(before.build().toByteArray()).isEqualTo(written.toByteArray());
        assertThat(FeedDigest.of(List.of(before.build()))).isEqualTo(FeedDigest.of(List.of(written)));
    }

    @Test
    void theDigestDependsOnTheHostname() {
        assertThat(FeedDigest.of(List.of(FeedCodec.toWire(local(CALLED)))))
                .isNotEqualTo(FeedDigest.of(List.of(FeedCodec.toWire(local(Optional.empty())))));
    }
}
