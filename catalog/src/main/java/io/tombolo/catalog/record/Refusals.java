package io.tombolo.catalog.record;

import io.tombolo.model.fault.Fault;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Refused records by origin and code, each with a count, the last text and the last time. Immutable and bounded: origins
 * beyond {@value #MAX_ROWS} rows are counted together under {@code other}.
 */
public final class Refusals {
    /** Most rows that are kept. */
    public static final int MAX_ROWS = 1_024;

    /** Nothing was refused yet. */
    public static final Refusals NONE = new Refusals(Map.of());

    private static final String OTHER = "other";

    private final Map<Cause, Row> rows;

    private Refusals(Map<Cause, Row> rows) {
        this.rows = rows;
    }

    private record Cause(String origin, Fault fault) {}

    /**
     * One row.
     * @param origin the cluster whose topic it was found in, or a topic's name, or {@code other}
     * @param text   of the last one
     */
    public record Row(String origin, Fault fault, long count, String text, Instant last) {}

    /** One more. */
    public Refusals plus(String origin, Verdict.Refused refused, Instant now) {
        var cause = new Cause(origin, refused.fault());
        if (rows.size() >= MAX_ROWS && !rows.containsKey(cause)) {
            cause = new Cause(OTHER, refused.fault());
        }
        long before = rows.containsKey(cause) ? rows.get(cause).count() : 0;
        var next = new HashMap<>(rows);
        next.put(cause, new Row(cause.origin(), cause.fault(), before + 1, refused.text(), now));
        return new Refusals(Map.copyOf(next));
    }

    /** How many records of {@code origin} were refused for {@code fault}. */
    public long count(String origin, Fault fault) {
        Row row = rows.get(new Cause(origin, fault));
        return row == null ? 0 : row.count();
    }

    /** All rows, by origin and code. */
    public List<Row> rows() {
        return rows.values().stream()
                .sorted(Comparator.comparing(Row::origin).thenComparing(Row::fault))
                .toList();
    }
}
