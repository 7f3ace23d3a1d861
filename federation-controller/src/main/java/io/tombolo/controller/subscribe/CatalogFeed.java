package io.tombolo.controller.subscribe;

import io.tombolo.catalog.view.CatalogView;
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

    /** Whether there is anything to go by: a snapshot was on disk, or everything was read once. Before, nobody is told. */
    boolean ready();

    /** Whether every topic was read to its end since this process started. */
    boolean caughtUp();

    /** How the way to Kafka is. */
    BackboneContact contact();

    @Override
    void close();
}
