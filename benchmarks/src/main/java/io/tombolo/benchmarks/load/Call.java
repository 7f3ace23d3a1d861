package io.tombolo.benchmarks.load;

/** A place in the load; at most one request waits at it. */
interface Call {
    /** @param dueNanos when it should have gone out */
    void send(long dueNanos);

    /** Closes its connection; that is no failure. */
    void leave();

    /** The number of its connection. */
    int place();
}
