package io.tombolo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TomboloTest {
    @Test
    void versionIsShownOnStdout() {
        // Given
        var out = new StringWriter();
        var commandLine = Tombolo.commandLine().setOut(new PrintWriter(out));
        // When
        int exit = commandLine.execute("version");
        // Then
        assertThat(exit).isZero();
        assertThat(out.toString().strip()).isEqualTo(Version.line()).startsWith("tombolo ");
    }
}
