package io.tombolo.cli.evidence;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a controller says of its cluster. */
public record Controller(
        String cluster,
        @Nullable String federation,
        @Nullable String trustDomain,
        String state,
        @Nullable Backbone backbone,
        boolean cutOff,
        List<String> warnings,
        String now,
        @Nullable Job lastJob) {
    /** The way to Kafka; {@code pending} records wait for it. */
    public record Backbone(String state, long lastContactAgeMs, int pending) {}

    /** A founding, joining or leaving. */
    public record Job(String state, @Nullable Failure error) {}

    /** Why it failed. */
    public record Failure(String code, String where, String what, String fix) {}

    public boolean member() {
        return federation != null && backbone != null;
    }
}
