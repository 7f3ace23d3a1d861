package io.tombolo.catalog.snapshot;

import static io.tombolo.catalog.TestFederation.EAST;
import static io.tombolo.catalog.TestFederation.WEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.catalog.TestFederation;
import io.tombolo.catalog.World;
import io.tombolo.catalog.freshness.FreshnessSettings;
import io.tombolo.catalog.log.FederationLog;
import io.tombolo.catalog.log.OriginLog;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.name.FederationId;
import io.tombolo.trustbundle.key.Ed25519Key;
import io.tombolo.wire.file.StateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotFileTest {
    private final World world = new World(EAST, WEST);
    private FederationLog log = world.reader();

    @TempDir
    private Path directory;

    private Path path;
    private SnapshotFile file;

    @BeforeEach
    void fill() {
        path = directory.resolve("snapshot");
        file = new SnapshotFile(path);
        world.exports(WEST, "a");
        world.exports(WEST, "b");
        world.exports(EAST, "b");
        world.unexports(WEST, "a");
        log = world.read(log, world.written());
    }

    @Test
    void aReaderStartsFromItWithTheSameStateAndRefusesOldRecordsStill() {
        file.write(snapshot());
        var loaded = ((SnapshotFile.Loaded.Verified) file.read(id())).snapshot();
        FederationLog again =
                FederationLog.of(loaded.members(), loaded.origins(), FreshnessSettings.DEFAULT, world.now());
        assertThat(world.view(again, EAST).imports())
                .isEqualTo(world.view(log, EAST).imports());
        assertThat(again.origin(WEST).orElseThrow().catalog().position())
                .isEqualTo(log.origin(WEST).orElseThrow().catalog().position());
        assertThat(again.members().head()).isEqualTo(log.members().head());
        assertThat(loaded.topics()).containsExactly(new TopicPosition("t", "id", 7));
        assertThat(loaded.newsAt()).isEqualTo(loaded.writtenAt().minusSeconds(90));
        assertThat(world.view(again, EAST)
                        .origin(WEST)
                        .orElseThrow()
                        .age()
                        .orElseThrow()
                        .delayed())
                .isTrue();
    }

    @Test
    void aFileOfAnotherFederationIsSetAsideAndNamed() {
        file.write(snapshot());
        assertUnusable(file.read(FederationId.of(new byte[32])), "another federation");
        assertThat(file.read(id())).isInstanceOf(SnapshotFile.Loaded.Absent.class);
    }

    @Test
    void aDamagedFileIsSetAside() throws IOException {
        file.write(snapshot());
        byte[] bytes = Files.readAllBytes(path);
        bytes[bytes.length / 2] ^= 1;
        Files.write(path, bytes);
        assertUnusable(file.read(id()), "checksum");
    }

    /** Someone who can write the file can make a checksum too, but no signature. */
    @Test
    void aFileWithAForgedRecordIsSetAsideAlthoughItsChecksumFits() throws Exception {
        var wire = SnapshotCodec.toWire(snapshot()).toBuilder();
        var record = wire.getOriginsBuilder(0).getRecordsBuilder(0);
        byte[] envelope = record.getEnvelope().toByteArray();
        envelope[envelope.length - 1] ^= 1;
        record.setEnvelope(com.google.protobuf.ByteString.copyFrom(envelope));
        new StateFile(path, SnapshotFile.KIND).write(wire.build().toByteArray());
        assertUnusable(file.read(id()), "");
    }

    @Test
    void aFileThatLeavesARecordOutIsSetAside() {
        var wire = SnapshotCodec.toWire(snapshot()).toBuilder();
        wire.getOriginsBuilder(1).removeRecords(0);
        new StateFile(path, SnapshotFile.KIND).write(wire.build().toByteArray());
        assertUnusable(file.read(id()), "digest");
    }

    @Test
    void anEvictedMembersRecordsAreNotKept() {
        log = log.apply(world.federation.evict(WEST), world.now()).state();
        file.write(snapshot());
        var loaded = ((SnapshotFile.Loaded.Verified) file.read(id())).snapshot();
        assertThat(loaded.origins()).extracting(origin -> origin.cluster()).containsExactly(EAST);
    }

    /** The key may be gone in the members' topic before all that it signed is replaced in the other. */
    @Test
    void whatAKeySignedThatIsGoneNowIsKeptUntilItIsReplacedAndOverTwoStarts() {
        // Given
        Ed25519Key first = world.federation.keyOf(WEST);
        Ed25519Key next = TestFederation.key(401);
        var imports = world.view(log, EAST).imports();
        log = log.apply(world.federation.changeKeys(WEST, next, first), world.now())
                .state();
        log = log.apply(world.federation.changeKeys(WEST, next), world.now()).state();
        for (int start = 0; start < 2; start++) {
            // When
            file.write(snapshot());
            var loaded = ((SnapshotFile.Loaded.Verified) file.read(id())).snapshot();
            log = FederationLog.of(loaded.members(), loaded.origins(), FreshnessSettings.DEFAULT, world.now());
            // Then
            assertThat(world.view(log, EAST).imports()).isEqualTo(imports);
        }
        // When
        world.signsAgain(WEST);
        for (var record : world.written()) {
            log = log.apply(record, world.now()).state();
        }
        // Then
        assertThat(SnapshotCodec.toWire(snapshot()).getOriginsList())
                .allSatisfy(origin -> assertThat(origin.getFormerKeysCount()).isZero());
    }

    private void assertUnusable(SnapshotFile.Loaded loaded, String why) {
        assertThat(loaded).isInstanceOfSatisfying(SnapshotFile.Loaded.Unusable.class, unusable -> {
            assertThat(unusable.report().fault()).isEqualTo(Fault.FILE_DAMAGED);
            assertThat(unusable.report().getMessage()).contains(why).contains(".damaged-");
        });
        assertThat(path).doesNotExist();
    }

    private FederationId id() {
        return world.federation.id();
    }

    private Snapshot snapshot() {
        return new Snapshot(
                log.members(),
                log.origins().values().stream().map(OriginLog::catalog).toList(),
                List.of(new TopicPosition("t", "id", 7)),
                world.now().wall(),
                world.now().wall().minusSeconds(90));
    }
}
