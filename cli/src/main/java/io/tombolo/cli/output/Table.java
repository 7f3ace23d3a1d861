package io.tombolo.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Columns of a list of JSON objects, as wide as their content. */
public final class Table {
    private record Column(String title, Function<JsonNode, String> value) {}

    private final List<Column> columns = new ArrayList<>();
    private final String whenEmpty;
    private boolean bare;

    /** @param whenEmpty what to say when there is no row, with the next thing to do */
    public Table(String whenEmpty) {
        this.whenEmpty = whenEmpty;
    }

    /** A column with the text at a field's path, such as {@code /health/ready}. */
    public Table column(String title, String path) {
        return column(title, row -> text(row.at(path)));
    }

    /** A column that is computed. */
    public Table column(String title, Function<JsonNode, String> value) {
        columns.add(new Column(title, value));
        return this;
    }

    /** No table at all: the text at a path, as it is. */
    public Table text(String path) {
        bare = true;
        return column("", path);
    }

    /** Prints the rows of an array, or one row for an object. */
    public void print(JsonNode answer, PrintStream out) {
        List<JsonNode> rows = new ArrayList<>();
        if (answer.isArray()) {
            answer.forEach(rows::add);
        } else {
            rows.add(answer);
        }
        if (rows.isEmpty()) {
            out.println(whenEmpty);
            return;
        }
        var lines = new ArrayList<List<String>>();
        if (!bare) {
            lines.add(columns.stream().map(Column::title).toList());
        }
        rows.forEach(row ->
                lines.add(columns.stream().map(c -> shown(c.value().apply(row))).toList()));
        lines.forEach(line -> out.println(aligned(line, widths(lines))));
    }

    private String shown(String value) {
        return bare ? Visible.lines(value) : Visible.line(value);
    }

    /** A value as people read it: lists with commas, nothing as a dash. */
    public static String text(JsonNode value) {
        if (value.isArray()) {
            var parts = new ArrayList<String>();
            value.forEach(part -> parts.add(text(part)));
            return parts.isEmpty() ? "-" : String.join(",", parts);
        }
        String text = value.isValueNode() ? value.asText() : value.isMissingNode() ? "" : value.toString();
        return text.isEmpty() || value.isNull() ? "-" : text;
    }

    private static int[] widths(List<List<String>> lines) {
        int[] widths = new int[lines.getFirst().size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        return widths;
    }

    private static String aligned(List<String> line, int[] widths) {
        var text = new StringBuilder();
        for (int i = 0; i < line.size(); i++) {
            boolean last = i == line.size() - 1;
            text.append(line.get(i))
                    .append(last ? "" : " ".repeat(widths[i] - line.get(i).length() + 3));
        }
        return text.toString();
    }
}
