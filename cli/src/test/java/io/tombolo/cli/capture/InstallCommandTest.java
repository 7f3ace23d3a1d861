package io.tombolo.cli.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tombolo.cli.Tombolo;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallCommandTest {
    private static int exitCode(StringWriter said, String... arguments) {
        return Tombolo.commandLine().setErr(new PrintWriter(said)).execute(arguments);
    }

    @Test
    void withoutAGroupItIsRefusedBeforeAnythingIsDone() {
        // Given
        var said = new StringWriter();
        // When
        int code = exitCode(said, "sidecar", "capture", "install", "--print");
        // Then
        assertThat(code).isEqualTo(2);
        assertThat(said.toString()).contains("TB-8003", "Name a group or cgroup");
    }

    @Test
    void aGroupIsANumberOrANameOfThisMachine(@TempDir Path dir) throws Exception {
        // Given
        Path file = Files.writeString(dir.resolve("group"), "root:x:0:\ntombolo:x:990:ann\nbroken\n");
        // When, then
        assertThat(Groups.gid("4242", file)).isEqualTo(4_242);
        assertThat(Groups.gid("tombolo", file)).isEqualTo(990);
        assertThatThrownBy(() -> Groups.gid("tombol", file)).hasMessageContaining("groupadd --system tombol");
    }

    @Test
    void theRightToAdministerTheNetworkIsWhatItTakesNotTheNameRoot() {
        assertThat(Nft.mayAdminister("CapEff:\t000001ffffffffff")).isTrue();
        assertThat(Nft.mayAdminister("CapEff:\t0000000000001000")).isTrue();
        assertThat(Nft.mayAdminister("CapEff:\t0000000000000000")).isFalse();
        assertThat(Nft.mayAdminister("")).isFalse();
    }

    @Test
    void whatIsShownSaysWhetherTheRulesLeadToThisSidecar() throws Exception {
        assertThat(rules(Optional.empty())).isEqualTo("none");
        assertThat(rules(Optional.of("meta l4proto tcp redirect to :15002"))).isEqualTo("lead here");
        assertThat(rules(Optional.of("meta l4proto 6 redirect to :5002"))).isEqualTo("lead to port 5002, not here");
        assertThat(rules(Optional.of("table inet tombolo {\n}"))).contains("not as");
    }

    private static String rules(Optional<String> table) throws Exception {
        JsonNode answer = new ObjectMapper()
                .readTree("{\"rungs\":[{\"name\":\"proxy\"},"
                        + "{\"name\":\"transparent\",\"addresses\":[\"127.0.0.1:15002\"]}]}");
        InForce.add(answer, table);
        assertThat(answer.at("/rungs/0/rules").isMissingNode()).isTrue();
        return answer.at("/rungs/1/rules").asText();
    }
}
