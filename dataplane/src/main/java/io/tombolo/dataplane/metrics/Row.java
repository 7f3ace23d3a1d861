package io.tombolo.dataplane.metrics;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** One set of label values, with the cells of every loop that counts under it. */
final class Row {
    private final String labels;
    private final List<Cells> parts = new CopyOnWriteArrayList<>();

    Row(String labels) {
        this.labels = labels;
    }

    /** As in the text, without braces. */
    String labels() {
        return labels;
    }

    Cells part(Cells.Layout layout) {
        var part = new Cells(layout);
        parts.add(part);
        return part;
    }

    long sum(int cell) {
        long sum = 0;
        for (Cells part : parts) {
            sum += part.read(cell);
        }
        return sum;
    }
}
