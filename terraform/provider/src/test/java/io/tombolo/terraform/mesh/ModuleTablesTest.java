package io.tombolo.terraform.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code -Dtombolo.pages.write=true} writes the tables anew. */
class ModuleTablesTest {
    private static final Path MODULES = Path.of("../modules");

    static List<Path> modules() throws Exception {
        try (Stream<Path> all = Files.list(MODULES)) {
            return all.filter(Files::isDirectory).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void aModulesReadmeSaysWhatItTakesAndGives(Path module) throws Exception {
        Path readme = module.resolve("README.md");
        String wanted = new ModuleTables(module).readme();
        if (Boolean.getBoolean("tombolo.pages.write")) {
            Files.writeString(readme, wanted);
        }
        assertThat(Files.readString(readme))
                .as(readme + "; -Dtombolo.pages.write=true writes its tables anew")
                .isEqualTo(wanted);
    }
}
