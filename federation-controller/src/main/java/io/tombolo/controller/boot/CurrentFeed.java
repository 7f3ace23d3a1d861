package io.tombolo.controller.boot;

import io.tombolo.controller.importing.FeedSource;
import io.tombolo.controller.tokens.ProxyRole;
import io.tombolo.wire.feed.Entry;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicReference;

/** The feed of what this cluster is now: another one while it is a member than afterwards. */
record CurrentFeed(AtomicReference<FeedSource> now) implements FeedSource {
    @Override
    public Optional<SortedMap<String, Entry>> entriesFor(ProxyRole role) {
        return now.get().entriesFor(role);
    }

    @Override
    public void keepOnly(Set<ProxyRole> roles) {
        now.get().keepOnly(roles);
    }
}
