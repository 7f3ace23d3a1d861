package io.tombolo.controller.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/resources.md and the examples show is what a controller takes. */
class DocumentedResourcesTest {
    private static final Pattern YAML = Pattern.compile("(?ms)^```yaml\\n(.*?)^```");
    private static final Path EXAMPLES = Path.of("../examples");
    private static final Path DOCUMENT = Path.of("../docs/resources.md");

    @Test
    void everyExampleIsAccepted() throws IOException {
        List<String> examples = YAML.matcher(Files.readString(DOCUMENT))
                .results()
                .map(block -> block.group(1))
                .toList();
        assertThat(examples).isNotEmpty();
        for (String example : examples) {
            assertThat(ResourceReader.read(example)).as(example).isNotEmpty();
        }
    }

    @Test
    void everyFileOfExamplesIsAccepted() throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLES)) {
            List<Path> examples = files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.startsWith(EXAMPLES.resolve("load"))) // no resources: for simulations
                    .toList();
            assertThat(examples).isNotEmpty();
            for (Path example : examples) {
                assertThat(ResourceReader.read(Files.readString(example)))
                        .as(example.toString())
                        .isNotEmpty();
            }
        }
    }

    @Test
    void everyKindIsListed() throws IOException {
        String text = Files.readString(DOCUMENT);
        for (ResourceKind kind : ResourceKind.values()) {
            assertThat(text).contains("\n## " + kind.text() + "\n");
        }
    }
}
