package io.tombolo.terraform.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code -Dtombolo.pages.write=true} writes the definitions anew. */
class DefinitionsTest {
    private static final Path DEFINITIONS = Path.of("../../deploy/kubernetes/crds.yaml");

    @Test
    void theDefinitionsForKubernetesSayWhatTheProviderForTerraformSays() throws Exception {
        String wanted = Definitions.yaml();
        if (Boolean.getBoolean("tombolo.pages.write")) {
            Files.writeString(DEFINITIONS, wanted);
        }
        assertThat(Files.readString(DEFINITIONS))
                .as(DEFINITIONS + "; -Dtombolo.pages.write=true writes it anew")
                .isEqualTo(wanted);
    }
}
