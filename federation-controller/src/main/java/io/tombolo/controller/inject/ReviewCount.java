package io.tombolo.controller.inject;

import io.micrometer.core.instrument.Metrics;
import java.util.Locale;

/** What came of reviews of pods, counted. On any thread. */
enum ReviewCount {
    /** It has a sidecar now. */
    INJECTED,
    /** It wants none. */
    LEFT,
    /** It cannot have one as it is. */
    REFUSED,
    /** The Services of its namespace were not known. */
    UNKNOWN,
    /** Its API server asks too much at a time. */
    BUSY,
    /** It was no review of a pod. */
    MALFORMED;

    void add() {
        Metrics.counter("tombolo.pod.reviews", "result", name().toLowerCase(Locale.ROOT))
                .increment();
    }
}
