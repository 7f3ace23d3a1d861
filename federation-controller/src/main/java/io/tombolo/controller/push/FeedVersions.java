package io.tombolo.controller.push;

import io.tombolo.controller.identity.JsonState;
import io.tombolo.controller.identity.StateDirectory;
import java.util.concurrent.atomic.AtomicLong;

/** Numbers that grow for ever: the upper bits count starts of this controller, on disk, the lower ones states. */
final class FeedVersions {
    private static final int STATE_BITS = 40;

    record Starts(long count) {}

    private final AtomicLong next;

    FeedVersions(StateDirectory directory) {
        var file = new JsonState<>(directory.file("feed-starts.state"), "FSTA", Starts.class);
        long starts = file.read().map(Starts::count).orElse(0L) + 1;
        file.write(new Starts(starts));
        this.next = new AtomicLong(starts << STATE_BITS);
    }

    long next() {
        return next.incrementAndGet();
    }
}
