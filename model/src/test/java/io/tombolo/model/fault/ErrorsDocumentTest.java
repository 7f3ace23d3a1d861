package io.tombolo.model.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ErrorsDocumentTest {
    private static final Path DOCUMENT = Path.of("../docs/errors.md");

    @Test
    void theDocumentListsEveryFaultAsItIsAndNoOther() throws IOException {
        List<String> expected =
                Arrays.stream(Fault.values()).map(ErrorsDocumentTest::row).toList();
        List<String> listed = Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("| TB-"))
                .toList();
        assertThat(listed).as("rows of docs/errors.md, in the order of Fault").containsExactlyElementsOf(expected);
    }

    @Test
    void noCodeHasTwoMeanings() {
        assertThat(Arrays.stream(Fault.values()).map(Fault::code)).doesNotHaveDuplicates();
    }

    private static String row(Fault fault) {
        String kind = fault.kind().name().toLowerCase(Locale.ROOT);
        return "| " + fault.code() + " | " + fault.name() + " | " + kind + " | " + fault.meaning() + " |";
    }
}
