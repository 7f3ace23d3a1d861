package io.tombolo.trustbundle.key;

import static io.tombolo.trustbundle.Faults.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFileTest {
    private static final byte[] SECRET = {1, 2, 3};

    @TempDir
    private Path directory;

    @Test
    void whatWasWrittenIsReadBackAndBelongsToItsOwnerAlone() throws IOException {
        // When
        SecretFile.write(file(), SECRET);
        // Then
        assertThat(SecretFile.read(file())).isEqualTo(SECRET);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void anOpenFileIsReplacedByAClosedOne() throws IOException {
        // Given
        Files.write(file(), new byte[] {9});
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-rw-rw-"));
        // When
        SecretFile.write(file(), SECRET);
        // Then
        assertThat(SecretFile.read(file())).isEqualTo(SECRET);
    }

    @Test
    void nothingElseIsLeftInTheDirectory() throws IOException {
        SecretFile.write(file(), SECRET);
        SecretFile.write(file(), new byte[] {4});
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(file());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rw---x---", "rwxrwxrwx"})
    void aFileThatOthersCanOpenIsRefused(String mode) throws IOException {
        // Given
        SecretFile.write(file(), SECRET);
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString(mode));
        // Then
        assertThat(assertRefused(Fault.FILE_TOO_OPEN, () -> SecretFile.read(file())))
                .hasMessageContaining(mode)
                .hasMessageContaining("chmod 600");
    }

    @Test
    void whatIsMountedForAGroupIsReadAsSuchOnly() throws IOException {
        SecretFile.write(file(), SECRET);
        mode("r--r-----");
        assertThat(SecretFile.readOfGroup(file())).isEqualTo(SECRET);
        assertRefused(Fault.FILE_TOO_OPEN, () -> SecretFile.read(file()));
        for (String mode : List.of("r--rw----", "r--r--r--")) {
            mode(mode);
            assertRefused(Fault.FILE_TOO_OPEN, () -> SecretFile.readOfGroup(file()));
        }
    }

    private void mode(String mode) throws IOException {
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString(mode));
    }

    @Test
    void aReadOnlyFileIsFine() throws IOException {
        SecretFile.write(file(), SECRET);
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("r--------"));
        assertThat(SecretFile.read(file())).isEqualTo(SECRET);
    }

    @Test
    void missingAndOversizedFilesAreUnreadable() throws IOException {
        assertRefused(Fault.FILE_UNREADABLE, () -> SecretFile.read(file()));
        Files.write(file(), new byte[SecretFile.MAX_BYTES + 1]);
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
        assertRefused(Fault.FILE_UNREADABLE, () -> SecretFile.read(file()));
        assertRefused(Fault.FILE_UNREADABLE, () -> SecretFile.read(directory));
    }

    @Test
    void whatCannotBeWrittenLeavesTheOldFileAlone() {
        // Given
        SecretFile.write(file(), SECRET);
        // Then
        assertRefused(Fault.STORE_FAILED, () -> SecretFile.write(file(), new byte[SecretFile.MAX_BYTES + 1]));
        assertRefused(Fault.STORE_FAILED, () -> SecretFile.write(directory.resolve("none/key"), SECRET));
        assertThat(SecretFile.read(file())).isEqualTo(SECRET);
    }

    private Path file() {
        return directory.resolve("key");
    }
}
