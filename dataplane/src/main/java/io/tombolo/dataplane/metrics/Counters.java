package io.tombolo.dataplane.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counters that differ in the value of one label. At most 64 values; what comes later is counted as {@code other}. */
public final class Counters {
    /** Most values of a label. */
    public static final int MAX_VALUES = 64;

    private static final String OTHER = "other";

    private final String label;
    private final Map<String, Counter> byValue = new ConcurrentHashMap<>();

    Counters(String label) {
        this.label = label;
    }

    /** The counter for {@code value}. */
    public Counter of(String value) {
        Counter held = byValue.get(value);
        if (held != null) {
            return held;
        }
        String kept = byValue.size() < MAX_VALUES ? value : OTHER;
        return byValue.computeIfAbsent(kept, v -> new Counter());
    }

    String label() {
        return label;
    }

    Map<String, Counter> byValue() {
        return byValue;
    }
}
