package io.tombolo.catalog.golden;

import static io.tombolo.catalog.TestFederation.EAST;
import static io.tombolo.catalog.TestFederation.WEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.catalog.EveryKind;
import io.tombolo.catalog.World;
import io.tombolo.catalog.log.FederationLog;
import io.tombolo.catalog.log.OriginLog;
import io.tombolo.catalog.outbox.Outbox;
import io.tombolo.catalog.outbox.WriterFile;
import io.tombolo.catalog.record.RecordReader;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.catalog.snapshot.Snapshot;
import io.tombolo.catalog.snapshot.SnapshotFile;
import io.tombolo.catalog.snapshot.TopicPosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The bytes that version 0.1 writes. They lie in {@code src/test/resources/golden} and are never made anew: a version that
 * cannot read them, or writes other bytes for the same values, breaks what users have on their disks and in their topics.
 */
class GoldenFilesTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/v1");

    @TempDir
    private Path directory;

    @Test
    void aRecordOfEveryKindIsWrittenAndReadAsInTheFirstVersion() throws IOException {
        for (SignedRecord record : EveryKind.records()) {
            byte[] golden = golden(name(record), record.kafkaValue());
            assertThat(record.kafkaValue()).as(record.key()).isEqualTo(golden);
            SignedRecord read = RecordReader.read(record.log(), record.kafkaKey(), golden);
            assertThat(read.payload()).isEqualTo(record.payload());
        }
    }

    @Test
    void aSnapshotIsWrittenAndReadAsBefore() throws IOException {
        var world = new World(EAST, WEST);
        world.exports(WEST, "a");
        world.exports(EAST, "b");
        FederationLog log = world.read(world.reader(), world.written());
        Path written = directory.resolve("snapshot");
        new SnapshotFile(written)
                .write(new Snapshot(
                        log.members(),
                        log.origins().values().stream().map(OriginLog::catalog).toList(),
                        List.of(new TopicPosition("tombolo.demo.members", "8Jx-8y5QTeKb1x0jlrmEJg", 42)),
                        world.now().wall(),
                        world.now().wall().minusSeconds(60)));
        byte[] golden = golden("snapshot-with-news.bin", Files.readAllBytes(written));
        assertThat(Files.readAllBytes(written)).isEqualTo(golden);
        Files.write(written, golden);
        assertThat(new SnapshotFile(written).read(world.federation.id()))
                .isInstanceOf(SnapshotFile.Loaded.Verified.class);
    }

    /** It did not say when the members were last known to be the newest: they were when it was written. */
    @Test
    void aSnapshotOfBeforeItNamedItsNewsIsRead() throws IOException {
        Path old = directory.resolve("snapshot");
        Files.copy(GOLDEN.resolve("snapshot.bin"), old);
        assertThat(new SnapshotFile(old).read(new World(EAST, WEST).federation.id()))
                .isInstanceOfSatisfying(
                        SnapshotFile.Loaded.Verified.class,
                        read -> assertThat(read.snapshot().newsAt())
                                .isEqualTo(read.snapshot().writtenAt()));
    }

    @Test
    void anOutboxIsWrittenAndReadAsInTheFirstVersion() throws IOException {
        var world = new World(WEST);
        SignedRecord sent = world.exports(WEST, "a");
        SignedRecord waiting = world.exports(WEST, "b");
        Path written = directory.resolve("outbox");
        try (Outbox outbox = Outbox.open(written, Outbox.Keeping.ALL)) {
            outbox.append(sent);
            outbox.acknowledge(sent.position());
            outbox.append(waiting);
        }
        byte[] golden = golden("outbox.bin", Files.readAllBytes(written));
        assertThat(Files.readAllBytes(written)).isEqualTo(golden);
        Files.write(written, golden);
        try (Outbox outbox = Outbox.open(written, Outbox.Keeping.ALL)) {
            assertThat(outbox.pending()).containsExactly(waiting);
            assertThat(outbox.damage()).isEmpty();
        }
    }

    @Test
    void aWritersFileIsWrittenAndReadAsInTheFirstVersion() throws IOException {
        Path written = directory.resolve("writer");
        new WriterFile(written).begin(3, 0, id(1));
        byte[] golden = golden("writer.bin", Files.readAllBytes(written));
        assertThat(Files.readAllBytes(written)).isEqualTo(golden);
        Files.write(written, golden);
        WriterFile.Start next = new WriterFile(written).begin(3, 0, id(2));
        assertThat(next.term()).isEqualTo(2);
        assertThat(next.wasHere(id(1))).isTrue();
    }

    private static com.google.protobuf.ByteString id(int number) {
        byte[] id = new byte[16];
        id[0] = (byte) number;
        return com.google.protobuf.ByteString.copyFrom(id);
    }

    private static String name(SignedRecord record) {
        String kind = record.kind().name().substring("KIND_".length()).toLowerCase(Locale.ROOT);
        return (record.withdrawn() ? "withdrawn-" : "record-") + kind.replace('_', '-') + ".bin";
    }

    /** Makes a file only where none is yet: for a kind that is new. */
    private static byte[] golden(String name, byte[] first) throws IOException {
        Path file = GOLDEN.resolve(name);
        if (!Files.exists(file) && Boolean.getBoolean("tombolo.golden.create")) {
            Files.createDirectories(GOLDEN);
            Files.write(file, first);
        }
        return Files.readAllBytes(file);
    }
}
