package io.tombolo.terraform.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** {@code -Dtombolo.pages.write=true} writes the pages anew. */
class PagesTest {
    private static final Path DOCS = Path.of("docs");

    @Test
    void theDocumentationSaysWhatTheProviderSaysOfItself() throws Exception {
        SortedMap<String, String> wanted = new Pages(Path.of("examples")).of(new Tombolo(Map.of()));
        if (Boolean.getBoolean("tombolo.pages.write")) {
            for (var page : wanted.entrySet()) {
                Files.createDirectories(DOCS.resolve(page.getKey()).getParent());
                Files.writeString(DOCS.resolve(page.getKey()), page.getValue());
            }
        }
        SortedMap<String, String> there = new TreeMap<>();
        try (var files = Files.walk(DOCS)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                there.put(DOCS.relativize(file).toString(), Files.readString(file));
            }
        }
        assertThat(there)
                .as("terraform/provider/docs; -Dtombolo.pages.write=true writes it anew")
                .isEqualTo(wanted);
    }

    @Test
    void everyAttributeIsDescribed() {
        var provider = new Tombolo(Map.of());
        assertThat(new Pages(Path.of("examples")).of(provider).values())
                .allSatisfy(page -> assertThat(page).doesNotContain("|  |\n"));
    }
}
