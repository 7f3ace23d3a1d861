package io.tombolo.controller.push;

import com.google.protobuf.ByteString;
import io.tombolo.wire.codec.FeedDigest;
import io.tombolo.wire.feed.Entry;
import io.tombolo.wire.feed.Update;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One state of one role's feed.
 * @param version grows with every state, over restarts too
 */
record FeedState(long version, SortedMap<String, Entry> entries, ByteString digest) {
    static FeedState of(long version, SortedMap<String, Entry> entries) {
        return new FeedState(version, entries, ByteString.copyFrom(FeedDigest.of(entries.values())));
    }

    /** Whether {@code others} are the same; O(entries), and nothing if they are the same object. */
    boolean has(SortedMap<String, Entry> others) {
        if (others == entries) {
            return true;
        }
        boolean same = others.size() == entries.size();
        var here = entries.entrySet().iterator();
        var there = others.entrySet().iterator();
        while (same && here.hasNext()) {
            same = here.next().equals(there.next());
        }
        return same;
    }

    static FeedState empty() {
        return of(0, new TreeMap<>());
    }

    /** Everything, replacing what the proxy has. */
    Update snapshot() {
        return Update.newBuilder()
                .setVersion(version)
                .addAllChanged(entries.values())
                .setDigest(digest)
                .build();
    }

    /** What changed since {@code base}. */
    Update since(FeedState base) {
        Update.Builder update = Update.newBuilder()
                .setVersion(version)
                .setBaseVersion(base.version())
                .setDigest(digest);
        entries.forEach((key, entry) -> {
            if (!entry.equals(base.entries().get(key))) {
                update.addChanged(entry);
            }
        });
        base.entries().keySet().stream()
                .filter(key -> !entries.containsKey(key))
                .forEach(update::addRemoved);
        return update.build();
    }
}
