package io.tombolo.catalog.origin;

import static io.tombolo.catalog.TestFederation.EAST;
import static io.tombolo.catalog.TestFederation.FOUNDED;
import static io.tombolo.catalog.TestFederation.WEST;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.tombolo.catalog.Seeds;
import io.tombolo.catalog.TestFederation;
import io.tombolo.catalog.record.Applied;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.catalog.record.Verdict;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.name.ServiceName;
import io.tombolo.trustbundle.key.Sha256;
import io.tombolo.wire.log.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OriginStateTest {
    private static final Instant NOW = FOUNDED.plusSeconds(7_200);

    private final TestFederation federation = TestFederation.with(EAST, WEST);
    private OriginWriter writer;
    private OriginState state = OriginState.of(WEST);
    private long seq;

    @BeforeEach
    void write() {
        writer = new OriginWriter(federation.signer(WEST));
    }

    @Test
    void whatIsPublishedIsLiveAndWhatIsWithdrawnIsNot() {
        apply(publish("a"));
        apply(publish("b"));
        SignedRecord gone = apply(withdraw("a"));
        assertThat(state.live(Payload.Export.class))
                .extracting(export -> export.export().service().name())
                .containsExactly("b");
        assertThat(state.withdrawn()).containsExactly(gone);
        assertThat(state.comparedAtTail().completeness()).isInstanceOf(Completeness.Complete.class);
    }

    @Test
    void theDigestKeptIncrementallyIsTheOneComputedFromScratch() {
        var random = new Random(4);
        LiveDigest digest = LiveDigest.EMPTY;
        Map<String, byte[]> live = new TreeMap<>();
        for (int i = 0; i < Seeds.upTo(500); i++) {
            String key = "exported-service/shop/s" + random.nextInt(60);
            if (random.nextInt(3) == 0) {
                digest = digest.without(key);
                live.remove(key);
            } else {
                byte[] hash = Sha256.of(new byte[] {(byte) i});
                digest = digest.with(key, new io.tombolo.catalog.record.Position(1, 2, i), hash);
                live.put(key, entry(key, i, hash));
            }
            assertThat(digest.value()).isEqualTo(fromScratch(live));
            assertThat(digest.size()).isEqualTo(live.size());
        }
    }

    @Test
    void theListsByKindAreThoseFoundAmongAllRecordsAndStayTheSameObjectsWhileTheirKindStays() {
        var random = new Random(5);
        for (int i = 0; i < Seeds.upTo(300); i++) {
            // Given
            String name = "s" + random.nextInt(40);
            boolean there = state.live("exported-service/shop/" + name).isPresent();
            List<Payload.ClusterInfo> infos = state.live(Payload.ClusterInfo.class);
            // When
            apply(there && random.nextBoolean() ? withdraw(name) : publish(name));
            // Then
            List<SignedRecord> all = state.all().stream()
                    .sorted(java.util.Comparator.comparing(SignedRecord::key))
                    .toList();
            List<SignedRecord> exports = all.stream()
                    .filter(record -> record.payload() instanceof Payload.Export)
                    .toList();
            assertThat(state.liveRecords(Payload.Export.class)).isEqualTo(exports);
            assertThat(state.live(Payload.Export.class))
                    .isEqualTo(exports.stream().map(SignedRecord::payload).toList());
            assertThat(state.withdrawn())
                    .isEqualTo(all.stream().filter(SignedRecord::withdrawn).toList());
            assertThat(state.live(Payload.ClusterInfo.class)).isSameAs(infos);
        }
    }

    @Test
    void anOldSequenceIsRefusedAndTheSameRecordChangesNothing() {
        SignedRecord first = apply(publish("a"));
        SignedRecord second = apply(publish("a"));
        assertRefused(Fault.OLD_RECORD, tryApply(first));
        assertThat(tryApply(second).verdict()).isEqualTo(Verdict.KNOWN);
        assertThat(state.live(Payload.Export.class)).hasSize(1);
    }

    @Test
    void anotherClustersRecordIsRefused() {
        SignedRecord foreign = new OriginWriter(federation.signer(EAST))
                .publish(
                        OriginState.of(EAST),
                        new Payload.Export(TestFederation.export(new ServiceName("shop", "a"), EAST, NOW)),
                        1,
                        1,
                        NOW);
        assertRefused(Fault.WRONG_KEY, tryApply(foreign));
    }

    @Test
    void aClusterSpeaksForItsOwnTrustDomainOnly() {
        var claimed = new Payload.Export(TestFederation.export(new ServiceName("shop", "a"), EAST, NOW));
        assertRefused(Fault.OUTSIDE_GRANT, tryApply(writer.publish(state, claimed, 1, 1, NOW)));
        var bundle = new Payload.Bundle(TestFederation.domain(EAST), 9, ByteString.EMPTY);
        assertRefused(Fault.OUTSIDE_GRANT, tryApply(writer.publish(state, bundle, 1, 1, NOW)));
    }

    @Test
    void aLowerBundleSequenceIsRefused() {
        apply(bundle(5));
        assertRefused(Fault.OLD_RECORD, tryApply(bundle(4)));
        apply(bundle(5));
        apply(bundle(6));
    }

    @Test
    void theFirstRecordOfANewEpochDiscardsTheOldOnes() {
        apply(publish("a"));
        federation.evict(WEST);
        federation.admit(WEST);
        writer = new OriginWriter(federation.signer(WEST));
        seq = 0;
        apply(publish("b"));
        assertThat(state.live(Payload.Export.class)).hasSize(1);
        assertThat(state.comparedAtTail().completeness()).isInstanceOf(Completeness.Complete.class);
    }

    @Test
    void aMissingRecordIsNoticedAtTheTailAndByThePulse() {
        apply(publish("a"));
        OriginState whole = state;
        SignedRecord missing = publish("b");
        whole = whole.apply(federation.members().verify(missing)).state();
        SignedRecord last = writer.publish(whole, export("c"), 1, ++seq, NOW);
        whole = whole.apply(federation.members().verify(last)).state();
        apply(last);
        assertThat(state.completeness()).isInstanceOf(Completeness.Unknown.class);
        assertThat(state.comparedAtTail().completeness()).isInstanceOf(Completeness.Mismatch.class);
        assertThat(state.comparedWith(1, seq, whole.digest()).completeness()).isInstanceOf(Completeness.Mismatch.class);
        assertThat(whole.comparedWith(1, seq, whole.digest()).completeness()).isInstanceOf(Completeness.Complete.class);
        assertThat(whole.comparedWith(1, seq + 1, whole.digest()).completeness())
                .isInstanceOf(Completeness.Behind.class);
        assertThat(whole.comparedWith(1, seq - 1, whole.digest()).completeness())
                .isInstanceOf(Completeness.Unknown.class);
    }

    @Test
    void whatCompactionLeavesAddsUpAtTheTail() {
        var random = new Random(5);
        for (int round = 0; round < Seeds.upTo(20); round++) {
            List<SignedRecord> written = new ArrayList<>();
            state = OriginState.of(WEST);
            for (int i = 0; i < 30; i++) {
                String name = "s" + random.nextInt(8);
                written.add(apply(random.nextInt(4) == 0 ? withdraw(name) : publish(name)));
            }
            OriginState reader = OriginState.of(WEST);
            for (SignedRecord record : written) {
                boolean last = written.reversed().stream()
                        .filter(each -> each.key().equals(record.key()))
                        .findFirst()
                        .orElseThrow()
                        .equals(record);
                if (last) {
                    reader = reader.apply(federation.members().verify(record)).state();
                }
            }
            assertThat(reader.comparedAtTail().completeness()).isInstanceOf(Completeness.Complete.class);
            assertThat(reader.digest()).isEqualTo(state.digest());
        }
    }

    @Test
    void acksAndTermsStayOutsideTheDigest() {
        apply(publish("a"));
        ByteString before = state.digest();
        apply(writer.publish(state, new Payload.WriterTerm(1, ByteString.copyFrom(new byte[16])), 1, ++seq, NOW));
        assertThat(state.digest()).isEqualTo(before);
        assertThat(state.comparedAtTail().completeness()).isInstanceOf(Completeness.Complete.class);
    }

    private SignedRecord publish(String name) {
        return writer.publish(state, export(name), 1, ++seq, NOW);
    }

    private SignedRecord bundle(long sequence) {
        var bundle = new Payload.Bundle(TestFederation.domain(WEST), sequence, ByteString.EMPTY);
        return writer.publish(state, bundle, 1, ++seq, NOW);
    }

    private SignedRecord withdraw(String name) {
        return writer.withdraw(state, "exported-service/shop/" + name, Kind.KIND_EXPORTED_SERVICE, 1, ++seq, NOW);
    }

    private static Payload export(String name) {
        return new Payload.Export(TestFederation.export(new ServiceName("shop", name), WEST, NOW));
    }

    private Applied<OriginState> tryApply(SignedRecord record) {
        return state.apply(federation.members().verify(record));
    }

    private SignedRecord apply(SignedRecord record) {
        var applied = tryApply(record);
        assertThat(applied.verdict()).isEqualTo(Verdict.CHANGED);
        state = applied.state();
        return record;
    }

    private static void assertRefused(Fault fault, Applied<OriginState> applied) {
        assertThat(applied.verdict())
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.fault()).isEqualTo(fault));
    }

    private static byte[] entry(String key, long seq, byte[] hash) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(2 + bytes.length + 24 + 32)
                .putShort((short) bytes.length)
                .put(bytes)
                .putLong(1)
                .putLong(2)
                .putLong(seq)
                .put(hash)
                .array();
    }

    private static ByteString fromScratch(Map<String, byte[]> live) {
        var parts = new MessageDigest[256];
        Arrays.setAll(parts, _ -> Sha256.digest());
        live.forEach((key, entry) -> parts[Sha256.of(key.getBytes(StandardCharsets.UTF_8))[0] & 0xff].update(entry));
        MessageDigest top = Sha256.digest();
        for (MessageDigest part : parts) {
            top.update(part.digest());
        }
        return ByteString.copyFrom(top.digest());
    }
}
