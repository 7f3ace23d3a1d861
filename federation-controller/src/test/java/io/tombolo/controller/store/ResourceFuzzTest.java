package io.tombolo.controller.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.fault.TomboloException;
import io.tombolo.testing.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever is sent to the API as YAML is read, and what is kept of it reads back as it is, or it is refused with a code. */
class ResourceFuzzTest {
    @Test
    void aDocumentIsReadAndKeptOrRefused() {
        Fuzz.of(ResourceFuzzTest.class, "resource")
                .spicedWith(
                        "\\n",
                        "\\n---\\n",
                        ": ",
                        "- ",
                        "&a ",
                        "*a",
                        "!!int ",
                        "!!binary ",
                        "!!java.net.URL ",
                        "!!set ",
                        "<<: ",
                        "{",
                        "}",
                        "[",
                        "]",
                        "'",
                        "\\x22",
                        "|",
                        ">",
                        "?",
                        "\\t",
                        "\\x00",
                        "\\x85",
                        "~",
                        "1e999",
                        "0x7fffffffffffffff",
                        "99999999999999999999",
                        ".inf",
                        "{30*[}",
                        "%YAML 9.9\\n",
                        "spec",
                        "metadata")
                .rounds(4_000, input -> look(new String(input.bytes(), StandardCharsets.UTF_8)));
    }

    private static void look(String text) {
        try {
            List<ParsedResource> read = ResourceReader.read(text);
            assertThat(read).isNotEmpty();
            for (ParsedResource resource : read) {
                assertThat(ResourceReader.stored(resource.key(), resource.specJson())
                                .spec())
                        .isEqualTo(resource.spec());
            }
        } catch (TomboloException refused) {
            assertThat(refused.fault().code()).startsWith("TB-");
            assertThat(String.valueOf(refused.getMessage())).hasSizeLessThan(4_000);
        }
    }
}
