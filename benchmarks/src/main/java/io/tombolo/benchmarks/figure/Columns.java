package io.tombolo.benchmarks.figure;

import java.util.ArrayList;
import java.util.List;

/** A table in Markdown, for a terminal and for a page alike: columns as wide as what they hold. */
public final class Columns {
    private final List<List<String>> rows = new ArrayList<>();

    public Columns(String... titles) {
        rows.add(List.of(titles));
    }

    /** Adds a row: as many cells as there are titles. */
    public Columns row(String... cells) {
        if (cells.length != rows.getFirst().size()) {
            throw new IllegalArgumentException("a row needs " + rows.getFirst().size() + " cells");
        }
        rows.add(List.of(cells));
        return this;
    }

    /** The first column to the left, all others to the right. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            appendRow(text, rows.get(i));
            if (i == 0) {
                appendRule(text);
            }
        }
        return text.toString();
    }

    private void appendRow(StringBuilder text, List<String> cells) {
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            String space = " ".repeat(width(column) - cell.length());
            text.append("| ").append(column == 0 ? cell + space : space + cell).append(' ');
        }
        text.append("|\n");
    }

    private void appendRule(StringBuilder text) {
        for (int column = 0; column < rows.getFirst().size(); column++) {
            text.append(column == 0 ? "|:" : "|").append("-".repeat(width(column) + 1));
            text.append(column == 0 ? "" : ":");
        }
        text.append("|\n");
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
