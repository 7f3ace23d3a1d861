package io.tombolo.wire.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {
    private static final FileKind KIND = new FileKind("TEST", 2);
    private static final byte[] VALUE = {1, 2, 3};

    @TempDir
    private Path directory;

    private StateFile file;

    @BeforeEach
    void create() {
        file = new StateFile(directory.resolve("state"), KIND);
    }

    @Test
    void whatWasWrittenIsReadAndBelongsToItsOwnerAlone() throws IOException {
        assertThat(file.read()).isInstanceOf(StateRead.Absent.class);
        file.write(new byte[1]);
        file.write(VALUE);
        assertThat(file.read().found()).hasValue(VALUE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                .isEqualTo("rw-------");
        assertThat(names()).containsExactly("state");
    }

    /** Written by another program, from the description alone. */
    @Test
    void theFormatIsTheOneDescribed() throws IOException {
        byte[] golden = HexFormat.of()
                .parseHex("544d424f5445535400020000000000000003010203"
                        + "1e0d13c7e98a169817747acb85c48302f798cf35700699e3a671bab3a1956dc5");
        assertThat(StateFile.encode(KIND, VALUE)).isEqualTo(golden);
        Files.write(file.path(), golden);
        assertThat(file.read().found()).hasValue(VALUE);
    }

    @Test
    void everyFlippedByteAndEveryCutIsNoticedAndTheFileIsSetAside() throws IOException {
        byte[] good = StateFile.encode(KIND, VALUE);
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 0x40;
            assertThat(readOf(bad)).as("flipped %d", i).isInstanceOf(StateRead.Damaged.class);
            assertThat(readOf(Arrays.copyOf(good, i))).as("cut at %d", i).isInstanceOf(StateRead.Damaged.class);
        }
    }

    @Test
    void theReportNamesTheNewPlaceAndNothingIsDeleted() throws IOException {
        Files.write(file.path(), new byte[] {'x'});
        TomboloException report = ((StateRead.Damaged) file.read()).report();
        assertThat(report.fault()).isEqualTo(Fault.FILE_DAMAGED);
        assertThat(names()).singleElement().satisfies(name -> {
            assertThat(name).startsWith("state.damaged-");
            assertThat(report.getMessage()).contains(name);
        });
    }

    @Test
    void aFileOfANewerVersionStaysWhereItIs() throws IOException {
        new StateFile(file.path(), new FileKind("TEST", 3)).write(VALUE);
        assertThatThrownBy(file::read).hasMessageContaining("FILE_TOO_NEW");
        assertThat(names()).containsExactly("state");
    }

    @Test
    void aFileOfAnotherKindIsDamage() {
        new StateFile(file.path(), new FileKind("ELSE", 2)).write(VALUE);
        assertThat(file.read()).isInstanceOf(StateRead.Damaged.class);
    }

    @Test
    void oneDirectoryHasOneUser() {
        try (DirectoryLock held = DirectoryLock.acquire(directory)) {
            assertThat(held).isNotNull();
            assertThatThrownBy(() -> DirectoryLock.acquire(directory)).hasMessageContaining("STATE_IN_USE");
        }
        DirectoryLock.acquire(directory).close();
    }

    /** A version byte may flip to an older version's number, which the checksum notices, or to a newer one's. */
    private StateRead readOf(byte[] bytes) throws IOException {
        Files.write(file.path(), bytes);
        return file.read();
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(path -> path.getFileName().toString()).toList();
        }
    }
}
