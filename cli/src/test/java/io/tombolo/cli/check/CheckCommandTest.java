package io.tombolo.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.cli.Tombolo;
import io.tombolo.cli.judging.Finding;
import io.tombolo.cli.judging.Verdict;
import io.tombolo.cli.output.ExitCode;
import io.tombolo.model.fault.Fault;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckCommandTest {
    private static final Finding BROKEN = new Finding(Fault.NOT_READY, true, "statefulset a", "0 of 1", "kubectl a");
    private static final Finding UNKNOWN = new Finding(Fault.NOT_LOOKED_AT, false, "nodes", "forbidden", "ask");

    @Test
    void onlyWhatIsWellEndsWithZero() {
        assertThat(CheckCommand.code(new Verdict(List.of()))).isEqualTo(ExitCode.OK);
        assertThat(CheckCommand.code(new Verdict(List.of(UNKNOWN)))).isEqualTo(ExitCode.PENDING);
        assertThat(CheckCommand.code(new Verdict(List.of(BROKEN, UNKNOWN)))).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void scriptsGetEachFindingWithItsCodeAndItsCommand() {
        // When
        JsonNode answer = Findings.json(new Verdict(List.of(BROKEN)));
        // Then
        assertThat(answer.path("verdict").asText()).isEqualTo("broken");
        assertThat(answer.at("/findings/0/code").asText()).isEqualTo("TB-9121");
        assertThat(answer.at("/findings/0/command").asText()).isEqualTo("kubectl a");
    }

    @Test
    void beforeNeedsAClusterOfKubernetes() {
        // Given
        var errors = new StringWriter();
        // When
        int code = Tombolo.commandLine().setErr(new PrintWriter(errors, true)).execute("check", "--before");
        // Then
        assertThat(code).isEqualTo(ExitCode.USAGE.number());
        assertThat(errors.toString()).contains("--kube-context");
    }
}
