package io.tombolo.catalog;

import static io.tombolo.catalog.TestFederation.EAST;
import static io.tombolo.catalog.TestFederation.WEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.catalog.log.FederationLog;
import io.tombolo.catalog.log.OriginLog;
import io.tombolo.catalog.outbox.Outbox;
import io.tombolo.catalog.snapshot.Snapshot;
import io.tombolo.catalog.snapshot.SnapshotFile;
import io.tombolo.catalog.snapshot.TopicPosition;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.wire.file.FileKind;
import io.tombolo.wire.file.Journal;
import io.tombolo.wire.file.StateFile;
import io.tombolo.wire.file.StateRead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files whose checksums fit and whose content does not: from a newer version, a bad disk, or somebody who may write there. */
class FilesFuzzTest {
    @TempDir
    private Path dir;

    private final World world = new World(EAST, WEST);

    @Test
    void aSnapshotIsVerifiedOrSetAsideAndNothingElse() {
        // Given
        world.exports(WEST, "a");
        world.exports(EAST, "b");
        world.unexports(WEST, "a");
        FederationLog log = world.read(world.reader(), world.written());
        Path path = dir.resolve("snapshot");
        new SnapshotFile(path)
                .write(new Snapshot(
                        log.members(),
                        log.origins().values().stream().map(OriginLog::catalog).toList(),
                        List.of(new TopicPosition("t", "id", 7)),
                        world.now().wall(),
                        world.now().wall()));
        byte[] good = ((StateRead.Present) new StateFile(path, SnapshotFile.KIND).read()).payload();
        for (int seed = 0; seed < Seeds.upTo(400); seed++) {
            // When
            new StateFile(path, SnapshotFile.KIND).write(Mutations.of(good, new Random(seed)));
            SnapshotFile.Loaded loaded = new SnapshotFile(path).read(world.federation.id());
            // Then
            assertThat(loaded).as("seed %s", seed).isNotInstanceOf(SnapshotFile.Loaded.Absent.class);
        }
    }

    @Test
    void anOutboxOpensOrSaysThatItIsDamaged() throws IOException {
        // Given
        Path path = dir.resolve("outbox");
        var kind = new FileKind("OUTB", 1);
        try (Outbox outbox = Outbox.open(path, Outbox.Keeping.ALL)) {
            var first = world.exports(WEST, "a");
            outbox.append(first);
            outbox.acknowledge(first.position());
            outbox.append(world.exports(WEST, "b"));
        }
        List<byte[]> good;
        Journal.Opened opened = Journal.open(path, kind);
        good = opened.entries();
        opened.journal().close();
        for (int seed = 0; seed < Seeds.upTo(300); seed++) {
            var random = new Random(seed);
            Files.deleteIfExists(path);
            // When
            Journal.Opened changed = Journal.open(path, kind);
            changed.journal()
                    .append(good.stream()
                            .map(entry -> random.nextBoolean() ? entry : Mutations.of(entry, random))
                            .toList());
            changed.journal().close();
            // Then
            try (Outbox outbox = Outbox.open(path, Outbox.Keeping.ALL)) {
                assertThat(outbox.all()).as("seed %s", seed).hasSizeLessThanOrEqualTo(2);
            } catch (TomboloException damaged) {
                assertThat(damaged.fault().code()).as("seed %s", seed).startsWith("TB-");
            }
        }
    }
}
