package io.tombolo.cli.drill;

/** Calls that are watched during a drill. */
interface Watched extends AutoCloseable {
    /** What was counted so far; blocks for a moment. */
    Calls now();

    /** Whose calls they are. */
    String said();

    @Override
    void close();
}
