package io.tombolo.it.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.it.actors.Deep;
import io.tombolo.it.actors.ModuleTests;
import io.tombolo.it.actors.PackagedProvider;
import io.tombolo.it.actors.Terminal;
import io.tombolo.it.actors.Terraform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The modules in terraform/modules: their form, their documents, and their own tests. */
class ModulesIT {
    @BeforeEach
    void withTerraform() {
        Terraform.isHere();
    }

    private static List<Path> modules() throws Exception {
        try (Stream<Path> all = Files.list(Terminal.checkout().resolve("terraform/modules"))) {
            return all.filter(Files::isDirectory).sorted().toList();
        }
    }

    @Test
    void everythingIsFormatted(@TempDir Path dir) throws Exception {
        assertThat(new ModuleTests(dir, Map.of())
                        .runs("modules", "fmt", "-check", "-recursive")
                        .succeeds()
                        .output())
                .isEmpty();
    }

    @Test
    void everyModuleHasWhatAReaderLooksFor() throws Exception {
        assertThat(modules()).isNotEmpty();
        for (Path module : modules()) {
            assertThat(module.resolve("versions.tf")).exists();
            assertThat(module.resolve("examples")).isNotEmptyDirectory();
            assertThat(module.resolve("tests")).isNotEmptyDirectory();
            String readme = Files.readString(module.resolve("README.md"));
            assertThat(readme).contains("## Cost drivers");
        }
    }

    @Test
    void whatAnyMachineNeedsIsRendered(@TempDir Path dir) throws Exception {
        var tests = new ModuleTests(dir, Map.of());
        tests.passes("modules/site");
        tests.isValid("modules/site/examples/machine");
    }

    @Deep
    @Test
    void aSiteOnAwsFitsTheSchemaOfAwssProvider(@TempDir Path dir) throws Exception {
        ModuleTests.awsIsHere();
        new ModuleTests(dir, Map.of()).passes("modules/aws-site");
    }

    @Deep
    @Test
    void theExampleOnAwsIsValidWithBothProviders(@TempDir Path dir) throws Exception {
        ModuleTests.awsIsHere();
        PackagedProvider.isHere();
        new ModuleTests(dir, Map.of()).isValid("modules/aws-site/examples/site");
    }
}
