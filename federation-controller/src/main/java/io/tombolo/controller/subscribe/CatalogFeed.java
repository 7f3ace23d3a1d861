package io.tombolo.controller.subscribe;

import io.tombolo.catalog.view.CatalogView;
import java.util.List;
import java.util.function.Consumer;

/** What the federation says, as far as it was read and verified. Starts from the snapshot on disk. Safe on any thread. */
public interface CatalogFeed extends AutoCloseable {
    /** As of now; never blocks. Says little before {@link #ready}. */
    CatalogView current();

    /**
     * Calls {@code listener} after each change of the log, of freshness, or of being cut off, on the feed's thread: it must
     * not block.
     */
    void addListener(Consumer<CatalogView> listener);

    /**
     * Whether there is anything to go by, and nobody is told before: everything was read once; or a snapshot was on disk and
     * its members were brought up to date, for which 2 s are waited at most, so that who was evicted meanwhile is not
     * served from what was true before.
     */
    boolean ready();

    /** Whether every topic was read to its end since this process started. */
    boolean caughtUp();

    /** How the way to Kafka is. */
    BackboneContact contact();

    /** What an operator must know of the topics now: which are missing, which are read again, and why. */
    List<String> notices();

    /** How often a topic was read again from its beginning since this process started. */
    long rereads();

    @Override
    void close();
}
