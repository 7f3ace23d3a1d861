package io.tombolo.controller.push;

import io.tombolo.wire.feed.Entry;
import java.util.SortedMap;

/** One state of one role's feed, whole and to be narrowed. */
record RoleState(FeedState whole, Narrowing narrowing) {
    static RoleState of(long version, SortedMap<String, Entry> entries) {
        return new RoleState(FeedState.of(version, entries), new Narrowing(entries));
    }
}
