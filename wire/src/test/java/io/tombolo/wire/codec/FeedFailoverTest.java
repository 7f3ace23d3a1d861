package io.tombolo.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.UnknownFieldSet;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.routing.CapacityRule;
import io.tombolo.model.routing.EvacuationOrder;
import io.tombolo.model.routing.Failback;
import io.tombolo.model.routing.FailoverPolicy;
import io.tombolo.model.routing.Health;
import io.tombolo.model.routing.Tier;
import io.tombolo.model.routing.TierReach;
import io.tombolo.model.routing.Urgencies;
import io.tombolo.model.routing.Wishes;
import io.tombolo.wire.feed.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FeedFailoverTest {
    private static final ServiceName CHECKOUT = new ServiceName("shop", "checkout");
    private static final ClusterId WEST = new ClusterId("west");
    private static final Instant THEN = Instant.ofEpochMilli(1_770_000_000_000L);

    /** What divides traffic over clusters. */
    private static final List<FeedEntry> FAILOVER = List.of(
            new FeedEntry.Shares(
                    CHECKOUT,
                    List.of(new FeedEntry.Share(WEST, 600, "ready")),
                    THEN,
                    400,
                    OptionalLong.of(1_000),
                    Optional.empty()),
            new FeedEntry.Failover(CHECKOUT, CHECKOUT, FailoverPolicy.DEFAULT),
            new FeedEntry.Failover(CHECKOUT, new ServiceName("tombolo-system", "default"), failover()),
            new FeedEntry.Evacuation(new EvacuationOrder(WEST, 50, Duration.ofSeconds(60), THEN)),
            new FeedEntry.Evacuation(EvacuationOrder.drill(WEST, THEN, Duration.ofSeconds(30))),
            new FeedEntry.Labels(WEST, Map.of("residency", "eu", "cost", "low")));

    private static FailoverPolicy failover() {
        return new FailoverPolicy(
                List.of(
                        Tier.of(new TierReach.SameZone()),
                        new Tier(
                                new TierReach.Only(Set.of(WEST, new ClusterId("south"))),
                                Map.of("cost", "low"),
                                Map.of(WEST, 3, new ClusterId("south"), 0)),
                        Tier.of(new TierReach.AnyExcept(Set.of(WEST)))),
                new Health(70, 2, Health.Expired.DROP),
                new Failback(Duration.ofSeconds(1), Duration.ofMillis(1_500)),
                new CapacityRule(false, 40),
                new Wishes(Map.of("residency", "eu"), Map.of("cost", "low"), Optional.of(Duration.ofMillis(150))),
                true);
    }

    @Test
    void everyKindReadsBack() {
        for (FeedEntry entry : FAILOVER) {
            assertThat(FeedCodec.toModel(FeedCodec.toWire(entry))).isEqualTo(entry);
        }
    }

    @Test
    void whatCallsAreMadeUpOfReadsBackAndWhatCannotBeIsRefused() {
        // Given
        var shares = new FeedEntry.Shares(
                CHECKOUT,
                List.of(new FeedEntry.Share(WEST, 600, "ready")),
                THEN,
                400,
                OptionalLong.of(1_000),
                Optional.of(Urgencies.of(1, 0, 0, 8, 0, 0, 1, 0)));
        Entry entry = FeedCodec.toWire(shares);
        // Then
        assertThat(FeedCodec.toModel(entry)).isEqualTo(shares);
        // When
        Entry bad = entry.toBuilder()
                .setShares(entry.getShares().toBuilder().addDemandUrgencyPermille(1))
                .build();
        // Then
        assertThatThrownBy(() -> FeedCodec.toModel(bad))
                .isInstanceOf(TomboloException.class)
                .hasMessageContaining("shares of shop/checkout");
    }

    /** What is left out of a policy could let traffic leave where it must stay. */
    @Test
    void aPolicyWithAnythingUnknownIsRefused() {
        Entry entry = FeedCodec.toWire(FAILOVER.get(2));
        var unknown = UnknownFieldSet.newBuilder()
                .addField(99, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                .build();
        var tier = entry.getFailover().getTiers(0).toBuilder().setUnknownFields(unknown);
        Entry newer = entry.toBuilder()
                .setFailover(entry.getFailover().toBuilder().setTiers(0, tier))
                .build();
        assertThatThrownBy(() -> FeedCodec.toModel(newer))
                .isInstanceOf(TomboloException.class)
                .hasMessageContaining("99");
    }

    @Test
    void theBytesOfWhatDividesTrafficStayAsTheyAreToo() {
        List<String> written = FAILOVER.stream()
                .map(entry -> HexFormat.of().formatHex(FeedCodec.toWire(entry).toByteArray()))
                .toList();
        assertThat(written)
                .containsExactly(
                        "0a147368617265732f73686f702f636865636b6f75745a2f0a0473686f701208636865636b6f75741a100a047765737410d8"
                                + "041a0572656164792080c8e2e1c13328900330e807",
                        "0a166661696c6f7665722f73686f702f636865636b6f757492013a0a0473686f701208636865636b6f75741a08636865636b"
                                + "6f7574220208012202080322020804300140904e48b0ea015001586482010473686f70",
                        "0a166661696c6f7665722f73686f702f636865636b6f757492019a010a0473686f701208636865636b6f75741a0764656661"
                                + "756c7422020802222f120d0a05736f7574680a0477657374220b0a04636f737412036c6f772a070a05736f7574682a080a04"
                                + "77657374100322081a060a047765737428463002380140e80748dc0b5828620f0a097265736964656e6379120265756a0b0a"
                                + "04636f737412036c6f77709601780182010e746f6d626f6c6f2d73797374656d",
                        "0a0f65766163756174696f6e2f776573749a01130a0477657374103218e0d4032080c8e2e1c133",
                        "0a0f65766163756174696f6e2f776573749a01160a047765737410642080c8e2e1c13328b0b2e4e1c133",
                        "0a0b6c6162656c732f77657374aa01240a0477657374120b0a04636f737412036c6f77120f0a097265736964656e63791202"
                                + "6575");
    }
}
