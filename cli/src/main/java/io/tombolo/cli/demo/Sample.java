package io.tombolo.cli.demo;

import java.util.Optional;

/**
 * One request of the load client.
 * @param sentMicros wall time, µs since the epoch
 * @param tookMicros µs until the answer was complete
 * @param status     HTTP status; 0 = no answer
 * @param cluster    who answered; {@code -} if nobody did
 * @param instance   of who answered; what went wrong, if nobody did
 */
record Sample(long sentMicros, long tookMicros, int status, String cluster, String instance) {
    boolean ok() {
        return status == 200;
    }

    long endMicros() {
        return sentMicros + tookMicros;
    }

    /** Reads a line of {@link LoadClient}. */
    static Optional<Sample> parse(String line) {
        String[] parts = line.split(" ");
        if (parts.length != 5) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Sample(
                    Long.parseLong(parts[0]),
                    Long.parseLong(parts[1]),
                    Integer.parseInt(parts[2]),
                    parts[3],
                    parts[4]));
        } catch (NumberFormatException notALine) {
            return Optional.empty();
        }
    }
}
