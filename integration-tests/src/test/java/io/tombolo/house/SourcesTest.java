package io.tombolo.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a reader can hold in the head: short files, short methods, names that say something. */
class SourcesTest {
    private static final int MOST_LINES_OF_A_FILE = 500;
    private static final int MOST_LINES_OF_A_METHOD = 60;

    /** Words that say nothing about what is behind the door. */
    private static final Set<String> EMPTY_WORDS = Set.of(
            "base", "common", "commons", "core", "helper", "helpers", "impl", "manager", "misc", "util", "utils");

    private static final Set<String> EMPTY_ENDINGS = Set.of("Util", "Utils", "Helper", "Impl", "Misc");

    @Test
    void noFileIsTooLongToRead() throws IOException {
        for (Path file : Sources.ofEverything()) {
            assertThat(Files.readAllLines(file)).as("lines of %s", file).hasSizeLessThanOrEqualTo(MOST_LINES_OF_A_FILE);
        }
    }

    @Test
    void noMethodIsLongerThanAScreen() throws IOException {
        assertThat(Sources.methodsOf(Sources.ofEverything()))
                .isNotEmpty()
                .filteredOn(method -> method.lines() > MOST_LINES_OF_A_METHOD)
                .isEmpty();
    }

    @Test
    void packagesAreNamedByTheirStep() throws IOException {
        assertThat(Sources.ofProduction())
                .isNotEmpty()
                .flatExtracting(file -> List.of(
                        file.toString().replaceFirst(".*/src/main/java/", "").split("/")))
                .doesNotContainAnyElementsOf(EMPTY_WORDS);
    }

    @Test
    void classesAreNamedByWhatTheyAre() throws IOException {
        assertThat(Sources.ofProduction())
                .extracting(file -> file.getFileName().toString().replace(".java", ""))
                .filteredOn(name -> EMPTY_ENDINGS.stream().anyMatch(name::endsWith))
                .isEmpty();
    }

    /** What is left to do is an issue; a test waits for what it needs, and fakes are made by hand. */
    @Test
    void nobodySleepsMocksOrLeavesNotes() throws IOException {
        for (Path file : Sources.ofEverything()) {
            assertThat(Files.readString(file))
                    .as("%s", file)
                    .doesNotContain("Thread." + "sleep(", "TO" + "DO", "FIX" + "ME", "org.mock" + "ito");
        }
    }
}
