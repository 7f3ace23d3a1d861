package io.tombolo.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.Option;

/** How a command prints: a table for people, JSON or YAML for scripts. */
public final class Output {
    /** The forms of {@code -o}. */
    public enum Form {
        table,
        json,
        yaml
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            defaultValue = "table",
            description = "Print as ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    Form form = Form.table;

    private final PrintStream out;

    public Output() {
        this(System.out);
    }

    Output(PrintStream out) {
        this.out = out;
    }

    /** Prints {@code answer} in the form the user wants. */
    public void print(JsonNode answer, Table table) {
        switch (form) {
            case table -> table.print(answer, out);
            case json -> out.println(text(new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT), answer));
            case yaml ->
                out.print(text(new YAMLMapper().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER), answer));
        }
    }

    /**
     * A sentence for people; nothing when a script reads.
     * @param sentence ours, as it is
     * @param values   of others perhaps: each is shown as one line
     */
    public void say(String sentence, Object... values) {
        if (form == Form.table) {
            Object[] shown = Arrays.stream(values).map(Output::shown).toArray();
            out.println(values.length == 0 ? sentence : String.format(Locale.ROOT, sentence, shown));
        }
    }

    /** Text of several lines for people. */
    public void text(String lines) {
        if (form == Form.table) {
            out.println(Visible.lines(lines));
        }
    }

    /** Numbers stay what they are, for their formats. */
    private static Object shown(Object value) {
        return value instanceof Number ? value : Visible.line(String.valueOf(value));
    }

    /** Whether a person reads. */
    public boolean forPeople() {
        return form == Form.table;
    }

    private static String text(ObjectMapper mapper, JsonNode answer) {
        try {
            return mapper.writeValueAsString(answer);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree always prints", impossible);
        }
    }
}
