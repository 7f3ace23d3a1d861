package io.tombolo.cli.demo;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The table at the end. */
final class Summary {
    private static final int MOST_SHOWN = 5;

    private Summary() {}

    static void print(Stage stage, Traffic traffic, List<Move> moves) {
        stage.chapter("Summary");
        String form = "%-28s %-8s %-8s %9s %8s %12s %12s%n";
        System.out.printf(form, "WHAT HAPPENED", "FROM", "TO", "REQUESTS", "FAILED", "MOVED AFTER", "SLOWEST");
        for (Move move : moves) {
            System.out.printf(
                    Locale.ROOT,
                    form,
                    move.event(),
                    move.from(),
                    move.to(),
                    move.sent(),
                    move.failed(),
                    move.movedMillis() + " ms",
                    move.slowestMillis() + " ms");
        }
        System.out.printf(
                Locale.ROOT,
                "%d requests in all, %d failed. The whole walk took %.1f s.%n",
                traffic.sent(),
                traffic.failed(),
                stage.seconds());
        traffic.someThatFailed(MOST_SHOWN)
                .forEach(sample -> System.out.printf(
                        Locale.ROOT,
                        "  failed: sent at %s, status %d, %s, after %d ms%n",
                        Instant.ofEpochMilli(sample.sentMicros() / 1_000),
                        sample.status(),
                        sample.instance(),
                        sample.tookMicros() / 1_000));
    }
}
