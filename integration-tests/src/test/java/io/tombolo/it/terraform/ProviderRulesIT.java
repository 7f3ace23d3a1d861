package io.tombolo.it.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tombolo.it.actors.Terraform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the real command asks of any provider, with one that has more than the product's. */
class ProviderRulesIT {
    private static final String SECRET = """
            resource "tombolo_secret" "one" {
              key          = "one"
              text         = "hunter-%s"
              text_version = %s
            }
            """;

    private final Vault vault = new Vault();
    private Terraform terraform;
    private Path directory;

    @BeforeEach
    void withAVault(@TempDir Path directory) throws Exception {
        Terraform.isHere();
        this.directory = directory;
        terraform = Terraform.with(vault.served(), directory);
    }

    @AfterEach
    void end() {
        if (terraform != null) {
            terraform.close();
        }
    }

    @Test
    void whatIsOnlyToBeWrittenIsWrittenWithItsVersionAndIsInNoFile() throws Exception {
        // Given
        String variable = "variable \"text\" {\n  ephemeral = true\n}\n";
        String secret = SECRET.replace("\"hunter-%s\"", "var.text");
        terraform.logsEverything();
        terraform.writes("main.tf", variable + secret.formatted(1));
        terraform.gives("text", "hunter-1");
        // When
        terraform.applies().succeeds();
        // Then
        assertThat(vault.secrets).containsEntry("one", "hunter-1");
        // When it is another text of the same version, then that is not known
        terraform.gives("text", "hunter-2");
        terraform.hasNothingToDo();
        // When the version is another one
        terraform.writes("main.tf", variable + secret.formatted(2));
        terraform.applies().succeeds();
        // Then
        assertThat(vault.secrets).containsEntry("one", "hunter-2");
        assertThat(terraform.keeps(Pattern.compile("hunter-[12]"))).isFalse();
    }

    @Test
    void aStateOfAnOlderSchemaIsUpgradedWithoutAChange() throws Exception {
        // Given a state as version 0 wrote it
        terraform.writes("main.tf", SECRET.formatted(1, 1));
        terraform.applies().succeeds();
        Path state = directory.resolve("terraform.tfstate");
        var json = (ObjectNode) new ObjectMapper().readTree(Files.readString(state));
        var instance = (ObjectNode) json.at("/resources/0/instances/0");
        instance.put("schema_version", 0);
        var attributes = (ObjectNode) instance.path("attributes");
        attributes.set("title", attributes.remove("key"));
        Files.writeString(state, json.toPrettyString());
        // When, then
        terraform.hasNothingToDo();
        terraform.writes("main.tf", SECRET.formatted(2, 2));
        terraform.applies().succeeds();
        assertThat(Files.readString(state))
                .contains("\"schema_version\": 1", "\"key\": \"one\"")
                .doesNotContain("title");
        // And one of a newer schema is refused, not misread
        Files.writeString(state, Files.readString(state).replace("\"schema_version\": 1", "\"schema_version\": 2"));
        assertThat(terraform.plans().fails().output()).contains("newer");
    }

    @Test
    void aMistakeInAResourceIsADiagnosticAndLeavesTheStateAsItWas() throws Exception {
        // Given
        terraform.writes("main.tf", SECRET.formatted(1, 1));
        terraform.applies().succeeds();
        vault.mistake = Optional.of(new IllegalStateException("nobody thought of this"));
        // When
        terraform.writes("main.tf", SECRET.formatted(2, 2));
        Terraform.Result failed = terraform.applies();
        // Then
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.output())
                .contains("The provider has a defect", "nobody thought of this", "on main.tf line 1")
                .doesNotContain("Plugin error", "rpc error", "at io.tombolo");
        vault.mistake = Optional.empty();
        assertThat(terraform.plans().succeeds().output()).contains("0 to add, 1 to change, 0 to destroy");
    }
}
