package io.tombolo.wire.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.model.fault.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final FileKind KIND = new FileKind("JRNL", 1);

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("journal");
    }

    @Test
    void entriesComeBackInTheirOrder() {
        append("a", "b");
        append("c");
        assertThat(entries()).containsExactly("a", "b", "c");
    }

    /** Written by another program, from the description alone. */
    @Test
    void theFormatIsTheOneDescribed() throws IOException {
        byte[] golden = HexFormat.of()
                .parseHex("544d424f4a524e4c0001000000058a3ea1506669727374" + "000000067afd94287365636f6e64");
        append("first", "second");
        assertThat(Files.readAllBytes(file)).isEqualTo(golden);
    }

    @Test
    void aTornTailIsCutAtEveryPlaceAndAppendingGoesOn() throws IOException {
        append("first", "second");
        byte[] whole = Files.readAllBytes(file);
        int firstEnds = FileKind.HEADER_LENGTH + 8 + 5;
        for (int cut = firstEnds; cut < whole.length; cut++) {
            Files.write(file, Arrays.copyOf(whole, cut));
            var opened = Journal.open(file, KIND);
            opened.journal().close();
            assertThat(opened.damage().isPresent()).as("cut at %d", cut).isEqualTo(cut > firstEnds);
            append("third");
            assertThat(entries()).containsExactly("first", "third");
        }
        assertThat(names()).containsExactly("journal");
    }

    @Test
    void damageInTheMiddleKeepsACopyOfTheWholeFile() throws IOException {
        append("first", "second", "third");
        byte[] whole = Files.readAllBytes(file);
        whole[FileKind.HEADER_LENGTH + 8 + 5 + 8] ^= 1;
        Files.write(file, whole);
        var opened = Journal.open(file, KIND);
        opened.journal().close();
        assertThat(opened.entries()).hasSize(1);
        assertThat(opened.damage())
                .hasValueSatisfying(e -> assertThat(e.fault()).isEqualTo(Fault.FILE_DAMAGED));
        assertThat(names()).hasSize(2).anyMatch(name -> name.startsWith("journal.damaged-"));
    }

    @Test
    void aFileThatIsNoJournalIsSetAsideAndAnEmptyOneBegun() throws IOException {
        Files.writeString(file, "hello, this is no journal");
        var opened = Journal.open(file, KIND);
        opened.journal().close();
        assertThat(opened.entries()).isEmpty();
        assertThat(opened.damage()).isPresent();
        assertThat(names()).hasSize(2);
    }

    @Test
    void replacingEverythingIsSeenAfterReopeningAndCanBeAppendedTo() {
        append("a", "b", "c");
        try (Journal journal = Journal.open(file, KIND).journal()) {
            journal.replaceAll(List.of(bytes("c")));
            journal.append(bytes("d"));
            assertThat(journal.sizeInBytes()).isEqualTo(FileKind.HEADER_LENGTH + 2 * 9);
        }
        assertThat(entries()).containsExactly("c", "d");
    }

    @Test
    void aNewerFormatIsRefusedAndLeftAlone() throws IOException {
        append("a");
        byte[] whole = Files.readAllBytes(file);
        whole[9] = 2;
        Files.write(file, whole);
        assertThatThrownBy(() -> Journal.open(file, KIND)).hasMessageContaining("FILE_TOO_NEW");
        assertThat(Files.readAllBytes(file)).isEqualTo(whole);
    }

    private void append(String... entries) {
        try (Journal journal = Journal.open(file, KIND).journal()) {
            journal.append(Arrays.stream(entries).map(JournalTest::bytes).toList());
        }
    }

    private List<String> entries() {
        var opened = Journal.open(file, KIND);
        opened.journal().close();
        return opened.entries().stream()
                .map(entry -> new String(entry, StandardCharsets.UTF_8))
                .toList();
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(path -> path.getFileName().toString()).toList();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
