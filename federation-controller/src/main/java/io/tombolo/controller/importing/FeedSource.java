package io.tombolo.controller.importing;

import io.tombolo.controller.tokens.ProxyRole;
import io.tombolo.wire.feed.Entry;
import java.util.Optional;
import java.util.SortedMap;

/** Says what a proxy may know. */
public interface FeedSource {
    /**
     * The whole state of every proxy of {@code role}, by key; empty while there is nothing to go by, because unknown is never
     * pushed as empty. Safe on any thread; O(services).
     */
    Optional<SortedMap<String, Entry>> entriesFor(ProxyRole role);
}
