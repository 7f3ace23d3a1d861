package io.tombolo.catalog.log;

import static io.tombolo.catalog.TestFederation.EAST;
import static io.tombolo.catalog.TestFederation.WEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.tombolo.catalog.EveryKind;
import io.tombolo.catalog.Mutations;
import io.tombolo.catalog.Seeds;
import io.tombolo.catalog.TestFederation;
import io.tombolo.catalog.World;
import io.tombolo.catalog.freshness.FreshnessSettings;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.catalog.snapshot.Snapshot;
import io.tombolo.catalog.snapshot.SnapshotFile;
import io.tombolo.catalog.view.CatalogView;
import io.tombolo.model.catalog.AddressRules;
import io.tombolo.model.name.ClusterId;
import io.tombolo.trustbundle.key.Ed25519Key;
import io.tombolo.wire.log.Envelope;
import io.tombolo.wire.log.Log;
import io.tombolo.wire.log.SignedEnvelope;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** West is a member with a good key and signs what it likes. A reader that fails on it hears of no eviction any more. */
class HostileMemberTest {
    private static final Ed25519Key WESTS_KEY = TestFederation.key(WEST.hashCode() * 31 + 1);
    private static final byte[] LABEL = "tombolo-log-v1\0".getBytes(StandardCharsets.US_ASCII);
    private static final int RECORDS = 8;

    @TempDir
    private Path dir;

    private final TestFederation federation = TestFederation.with(EAST, WEST);
    private final List<SignedRecord> good = EveryKind.records();
    private final Now now = new Now(Duration.ofSeconds(9).toNanos(), World.BEGAN);

    @Test
    void whateverAMemberSignsIsTakenOrRefusedAndWhatIsTakenCanBeShownAndKept() {
        int taken = 0;
        for (int seed = 0; seed < Seeds.upTo(1_500); seed++) {
            var random = new Random(seed);
            FederationLog[] log = {FederationLog.of(federation.members(), List.of(), FreshnessSettings.DEFAULT, now)};
            assertThatCode(() -> {
                        for (int i = 1; i <= RECORDS; i++) {
                            log[0] = read(log[0], random, i);
                        }
                        look(log[0]);
                    })
                    .as("seed %s", seed)
                    .doesNotThrowAnyException();
            taken +=
                    log[0].origin(WEST).map(west -> west.catalog().all().size()).orElse(0);
            if (seed % 50 == 0) {
                assertKept(log[0], seed);
            }
        }
        assertThat(taken).as("some of it is believed, else this shows nothing").isPositive();
    }

    private FederationLog read(FederationLog log, Random random, int seq) {
        Envelope.Builder draft = envelope(good.get(random.nextInt(good.size()))).toBuilder()
                .setFederationId(ByteString.copyFrom(federation.id().bytes()))
                .setOrigin(WEST.value())
                .setEpoch(1)
                .setTerm(1)
                .setSeq(seq);
        if (random.nextInt(3) > 0) {
            draft.setPayload(ByteString.copyFrom(Mutations.of(draft.getPayload().toByteArray(), random)));
        }
        byte[] envelope = draft.build().toByteArray();
        byte[] said = random.nextInt(5) == 0 ? Mutations.of(envelope, random) : envelope;
        byte[] key = draft.getKey().getBytes(StandardCharsets.UTF_8);
        boolean own = draft.getLog() == Log.LOG_CATALOG || draft.getLog() == Log.LOG_HEALTH;
        Optional<ClusterId> owner = own ? Optional.of(WEST) : Optional.empty();
        return log.apply(draft.getLog(), owner, key, signed(said), now)
                .state()
                .newsFrom(WEST, now)
                .atTail(WEST);
    }

    private void look(FederationLog log) {
        var view = CatalogView.of(log, EAST, AddressRules.STRICT, now);
        view.imports().forEach(imported -> view.merged(imported.service()).ifPresent(view::explain));
        assertThat(view.acks().catalogs()).isNotNull();
        assertThat(view.trusted(WEST)).isFalse();
        assertThat(view.refusals().rows()).isNotNull();
    }

    private void assertKept(FederationLog log, int seed) {
        var file = new SnapshotFile(dir.resolve("snapshot"));
        file.write(new Snapshot(
                log.members(),
                log.origins().values().stream().map(OriginLog::catalog).toList(),
                List.of(),
                now.wall(),
                now.wall()));
        assertThat(file.read(federation.id())).as("seed %s", seed).isInstanceOf(SnapshotFile.Loaded.Verified.class);
    }

    private static Envelope envelope(SignedRecord record) {
        try {
            return Envelope.parseFrom(record.signed().getEnvelope());
        } catch (InvalidProtocolBufferException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static byte[] signed(byte[] envelope) {
        byte[] labelled = ByteBuffer.allocate(LABEL.length + envelope.length)
                .put(LABEL)
                .put(envelope)
                .array();
        byte[] message = SignedEnvelope.newBuilder()
                .setEnvelope(ByteString.copyFrom(envelope))
                .setSignature(ByteString.copyFrom(WESTS_KEY.sign(labelled)))
                .setKeyId(ByteString.copyFrom(WESTS_KEY.publicKey().keyId()))
                .build()
                .toByteArray();
        return ByteBuffer.allocate(4 + message.length)
                .put(new byte[] {'T', 'M', 'L', 1})
                .put(message)
                .array();
    }
}
