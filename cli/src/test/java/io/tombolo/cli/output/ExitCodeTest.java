package io.tombolo.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Exit codes are a promise to scripts: they are what the documents say. */
class ExitCodeTest {
    private static final Path DOCS = Path.of("../docs");

    @Test
    void everyCodeIsListedAndNoOther() throws IOException {
        List<String> listed =
                rows("cli.md", "| [0-9]+ \\|.*").map(cells -> cells[1].strip()).toList();
        assertThat(listed)
                .containsExactlyElementsOf(Arrays.stream(ExitCode.values())
                        .map(code -> Integer.toString(code.number()))
                        .toList());
    }

    @Test
    void everyKindOfFaultEndsWithTheCodeThatTheListOfErrorsNames() throws IOException {
        for (Fault fault : Fault.values()) {
            String kind = fault.kind().name().toLowerCase(Locale.ROOT);
            assertThat(rows("errors.md", "| " + kind + " \\|.*").map(cells -> cells[3].strip()))
                    .as("exit code of %s", fault)
                    .containsExactly(Integer.toString(ExitCode.of(fault).number()));
        }
    }

    private static Stream<String[]> rows(String document, String form) throws IOException {
        return Files.readAllLines(DOCS.resolve(document)).stream()
                .filter(line -> line.matches("\\" + form))
                .map(line -> line.split("\\|"));
    }
}
