package io.tombolo.controller.importing;

import io.tombolo.controller.tokens.ProxyRole;
import io.tombolo.wire.feed.Entry;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** Says what a proxy may know. */
public interface FeedSource {
    /**
     * The whole state of every proxy of {@code role}, by key; empty while there is nothing to go by, because unknown is never
     * pushed as empty; the same object as the last time if nothing changed. Safe on any thread; O(services) if one of them did.
     */
    Optional<SortedMap<String, Entry>> entriesFor(ProxyRole role);

    /** Forgets what was said to roles that nobody has any more. */
    default void keepOnly(Set<ProxyRole> roles) {}
}
