package io.tombolo.benchmarks.passthrough;

import io.tombolo.benchmarks.turns.Case;
import java.util.Map;

/** Of an answer, and how often; a request has 64 bytes. */
enum Size {
    SMALL(new Case("64 bytes", 64, Map.of("Envoy", 0.70)), 0),
    LARGE(new Case("1 MiB", 1_024 * 1_024, Map.of("Envoy", 0.95)), 0),
    SMALL_PACED(new Case("64 bytes, 2000/s", 64, Map.of("Envoy", 0.70)), 2_000),
    LARGE_PACED(new Case("1 MiB, 100/s", 1_024 * 1_024, Map.of("Envoy", 0.95)), 100);

    private final Case load;
    private final int perSecond;

    Size(Case load, int perSecond) {
        this.load = load;
        this.perSecond = perSecond;
    }

    /** 0 = as many as go. */
    int perSecond() {
        return perSecond;
    }

    Case load() {
        return load;
    }

    int bytes() {
        return load.answerBytes();
    }
}
