package io.tombolo.controller.importing;

import io.tombolo.controller.tokens.ProxyRole;
import io.tombolo.wire.feed.Entry;
import java.util.SortedMap;

/** Says what a proxy may know. */
public interface FeedSource {
    /**
     * The whole state of every proxy of {@code role}, by key. Safe on any thread; computed once for each change.
     */
    SortedMap<String, Entry> entriesFor(ProxyRole role);
}
