package io.tombolo.benchmarks.passthrough;

import io.tombolo.benchmarks.turns.Case;
import java.util.Map;

/** Of an answer; a request has 64 bytes. */
enum Size {
    SMALL(new Case("64 bytes", 64, Map.of("Envoy", 0.70))),
    LARGE(new Case("1 MiB", 1_024 * 1_024, Map.of("Envoy", 0.95)));

    private final Case load;

    Size(Case load) {
        this.load = load;
    }

    Case load() {
        return load;
    }

    int bytes() {
        return load.answerBytes();
    }
}
