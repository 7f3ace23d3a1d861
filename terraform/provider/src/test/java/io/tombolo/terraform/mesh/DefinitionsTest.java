package io.tombolo.terraform.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code -Dtombolo.pages.write=true} writes the definitions anew. */
class DefinitionsTest {
    /** Helm wants a copy of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"../../deploy/kubernetes/crds.yaml", "../../deploy/helm/tombolo/crds/crds.yaml"})
    void theDefinitionsForKubernetesSayWhatTheProviderForTerraformSays(Path definitions) throws Exception {
        String wanted = Definitions.yaml();
        if (Boolean.getBoolean("tombolo.pages.write")) {
            Files.writeString(definitions, wanted);
        }
        assertThat(Files.readString(definitions))
                .as(definitions + "; -Dtombolo.pages.write=true writes it anew")
                .isEqualTo(wanted);
    }
}
