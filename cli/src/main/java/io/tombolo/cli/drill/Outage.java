package io.tombolo.cli.drill;

/** A way to take a cluster away, and to give it back. Blocks. */
interface Outage {
    /** Takes it away for {@code millis}; it comes back then by itself, whatever becomes of this process. */
    void begin(long millis);

    /** Gives it back, after {@link #begin} returned; nothing if it is back. */
    void end();

    /** What it is, in one word for scripts. */
    String kind();

    /** What is done, as a sentence. */
    String said();

    /** What is done at its end. */
    String saidOfItsEnd();

    /** Whether whoever decides is told, and need not find out. */
    boolean isTold();
}
