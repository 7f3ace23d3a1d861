package io.tombolo.catalog.record;

/**
 * Where a record stands among its origin's: by epoch, then term, then sequence.
 * @param epoch of the origin's admission, 1 or more; 0 only in {@link #BEFORE_ALL}
 * @param term  of the writer
 * @param seq   strictly increasing within a term and over terms; gaps are allowed
 */
public record Position(long epoch, long term, long seq) implements Comparable<Position> {
    /** Older than every record. */
    public static final Position BEFORE_ALL = new Position(0, 0, 0);

    public boolean isAfter(Position other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(Position other) {
        int byEpoch = Long.compare(epoch, other.epoch);
        int byTerm = byEpoch != 0 ? byEpoch : Long.compare(term, other.term);
        return byTerm != 0 ? byTerm : Long.compare(seq, other.seq);
    }

    /** {@code epoch 1 term 2 seq 30}. */
    @Override
    public String toString() {
        return "epoch " + epoch + " term " + term + " seq " + seq;
    }
}
