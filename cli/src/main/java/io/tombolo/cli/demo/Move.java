package io.tombolo.cli.demo;

import java.util.List;

/**
 * What one event did to the traffic.
 * @param sent        requests from the event until traffic had settled, those under way at the event among them
 * @param failed      those that got no good answer
 * @param movedMillis from the event to the first answer, from where traffic went, to a request sent after it; -1 if none came
 */
record Move(String event, String from, String to, long sent, long failed, long movedMillis, long slowestMillis) {
    /** Measures from the samples since the event. */
    static Move of(String event, String from, String to, long eventMicros, List<Sample> since) {
        long failed = since.stream().filter(s -> !s.ok()).count();
        long moved = since.stream()
                .filter(s ->
                        s.sentMicros() >= eventMicros && s.ok() && s.cluster().equals(to))
                .mapToLong(Sample::endMicros)
                .min()
                .orElse(-1);
        long slowest = since.stream().mapToLong(Sample::tookMicros).max().orElse(0);
        return new Move(
                event, from, to, since.size(), failed, moved < 0 ? -1 : (moved - eventMicros) / 1_000, slowest / 1_000);
    }
}
