package io.tombolo.benchmarks.passthrough;

/** Of an answer; a request has 64 bytes. */
enum Size {
    SMALL("64 bytes", 64, 0.70),
    LARGE("1 MiB", 1_024 * 1_024, 0.95);

    private final String text;
    private final int bytes;
    private final double goal;

    Size(String text, int bytes, double goal) {
        this.text = text;
        this.bytes = bytes;
        this.goal = goal;
    }

    String text() {
        return text;
    }

    int bytes() {
        return bytes;
    }

    /** Most CPU time that a request may cost, as a share of Envoy's. */
    double goal() {
        return goal;
    }
}
