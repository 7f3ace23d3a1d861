package io.tombolo.controller.publish;

/**
 * How this cluster's writer is, at one moment.
 * @param phase        what it does
 * @param pending      records in the outbox that Kafka has not acknowledged
 * @param term         of this start; 0 before the first
 * @param lastSeq      of the last signed record; 0 before the first
 * @param ackedSeq     of the last record that Kafka has
 * @param liveDigest32 digest of this cluster's live set at {@code lastSeq}; 32 bytes, or empty before the first record
 */
public record WriterState(Phase phase, int pending, long term, long lastSeq, long ackedSeq, byte[] liveDigest32) {
    /** What the writer does. */
    public enum Phase {
        /** Waiting for Kafka; records go to the outbox. */
        CONNECTING,
        /** Sending. */
        WRITING,
        /** Another process writes with this identity; this one refuses. */
        CLONED,
        /** A newer writer took over; this one stopped. */
        FENCED,
        /** Closed. */
        CLOSED
    }
}
