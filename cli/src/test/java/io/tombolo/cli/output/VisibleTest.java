package io.tombolo.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class VisibleTest {
    private static final String HOSTILE = "a\u001b[2J\n\u2713 all is well\r\u009b1m\u007f\u202eeno\u2066x\u2028y";
    private static final String SHOWN = "a\u241b[2J\u240a\u2713 all is well\u240d\ufffd1m\ufffd\ufffdeno\ufffdx\ufffdy";

    private static String printed(Table table) {
        var bytes = new ByteArrayOutputStream();
        table.print(
                JsonNodeFactory.instance.objectNode().put("name", HOSTILE),
                new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aValueOfOthersIsOneLineAndMovesNoCursor() {
        assertThat(Visible.line(HOSTILE)).isEqualTo(SHOWN);
        assertThat(Visible.line("z\u00fcrich \u6771\u4eac \u2717")).isEqualTo("z\u00fcrich \u6771\u4eac \u2717");
    }

    @Test
    void ofSeveralLinesTheEndsStay() {
        assertThat(Visible.lines("a\nb\u001b\n")).isEqualTo("a\nb\u241b");
    }

    @Test
    void aCellOfATableIsOneLine() {
        assertThat(printed(new Table("").column("NAME", "/name")).lines())
                .hasSize(2)
                .last()
                .isEqualTo(SHOWN);
    }

    @Test
    void textWithoutATableKeepsItsLinesAndNothingElse() {
        assertThat(printed(new Table("").text("/name"))).doesNotContain("\u001b", "\u202e", "\u009b");
    }

    @Test
    void aSentenceShowsEachValueInOneLine() {
        // Given
        var bytes = new ByteArrayOutputStream();
        // When
        new Output(new PrintStream(bytes, true, StandardCharsets.UTF_8)).say("%s: %.1f", HOSTILE, 1.5);
        // Then
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(SHOWN + ": 1.5" + System.lineSeparator());
    }
}
