package io.tombolo.wire.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MirrorTest {
    private static final FileKind KIND = new FileKind("MIRR", 1);

    @TempDir
    private Path all;

    private Path original;
    private CopiedFiles copy;
    private final List<FileChange> told = new ArrayList<>();

    @BeforeEach
    void begin() throws IOException {
        original = Files.createDirectories(all.resolve("original/below")).resolveSibling(".");
        original = original.normalize();
        copy = new CopiedFiles(Files.createDirectories(all.resolve("copy")), _ -> false);
        Mirrors.put(original, (change, local) -> {
            local.write();
            told.add(change);
            copy.apply(inCopy(change));
        });
    }

    @AfterEach
    void end() {
        Mirrors.remove(original);
    }

    /** The law: whatever is written, both directories have the same files with the same bytes. */
    @Test
    void aCopyIsTheOriginalAfterEveryChange() {
        var random = new Random(2_611);
        var journals = new Journal[] {open("one.journal"), open("below/two.journal")};
        for (int i = 0; i < 400; i++) {
            var state = new StateFile(original.resolve(random.nextBoolean() ? "a.state" : "below/b.state"), KIND);
            Journal journal = journals[random.nextInt(2)];
            switch (random.nextInt(6)) {
                case 0, 1 -> state.write(bytes(random));
                case 2 -> state.delete();
                case 3 -> journal.replaceAll(List.of(bytes(random)));
                default -> journal.append(List.of(bytes(random), bytes(random)));
            }
            assertSame();
        }
    }

    @Test
    void whatTheMirrorRefusesIsNotInTheJournal() {
        // Given
        Journal journal = open("one.journal");
        journal.append(text("kept"));
        Mirrors.put(original, (_, local) -> {
            local.write();
            throw new TomboloException(Fault.STORE_FAILED, "mirror", "is away", "wait");
        });
        // When
        assertThatThrownBy(() -> journal.append(text("refused"))).isInstanceOf(TomboloException.class);
        // Then
        journal.close();
        assertThat(Journal.open(original.resolve("one.journal"), KIND).entries())
                .containsExactly(text("kept"));
    }

    @Test
    void whatIsWrittenBesideTheDirectoryIsNobodysConcern() {
        new StateFile(all.resolve("elsewhere.state"), KIND).write(text("x"));
        assertThat(told).isEmpty();
    }

    @Test
    void aFileOfAnotherFormIsNoneOfTheCopied() throws IOException {
        Files.writeString(original.resolve("ca.seed"), "secret");
        Files.writeString(original.resolve("short"), "TM");
        new StateFile(original.resolve("a.state"), KIND).write(text("x"));
        var files = new CopiedFiles(original, name -> name.startsWith("below/"));
        new StateFile(original.resolve("below/b.state"), KIND).write(text("x"));
        assertThat(files.names()).containsExactly("a.state");
    }

    @Test
    void aChangeThatDoesNotFollowIsRefused() {
        open("one.journal").append(text("first"));
        Path there = copy.file("one.journal");
        assertThatThrownBy(() -> copy.apply(new FileChange.Appended(there, 3, text("later"))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aNameThatLeadsOutIsNone() {
        var guarded = new CopiedFiles(all.resolve("copy"), name -> name.startsWith("keys/"));
        for (String name : List.of("../x", "/etc/x", "", ".", "a/../../x", "a/../b", "./b", "keys/ca.seed", "a//b")) {
            assertThatThrownBy(() -> guarded.file(name)).as(name).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private FileChange inCopy(FileChange change) {
        Path there = copy.file(new CopiedFiles(original, _ -> false).name(change.file()));
        return switch (change) {
            case FileChange.Replaced(Path _, byte[] bytes) -> new FileChange.Replaced(there, bytes);
            case FileChange.Appended(Path _, long offset, byte[] bytes) ->
                new FileChange.Appended(there, offset, bytes);
            case FileChange.Deleted(Path _) -> new FileChange.Deleted(there);
        };
    }

    private void assertSame() {
        var here = new CopiedFiles(original, _ -> false);
        assertThat(copy.names()).isEqualTo(here.names());
        here.names().forEach(name -> assertThat(copy.read(name)).isEqualTo(here.read(name)));
    }

    private Journal open(String name) {
        return Journal.open(original.resolve(name), KIND).journal();
    }

    private static byte[] bytes(Random random) {
        byte[] made = new byte[random.nextInt(40)];
        random.nextBytes(made);
        return made;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
