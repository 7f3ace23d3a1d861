package io.tombolo.dataplane.admin;

import io.netty.channel.Channel;
import io.tombolo.dataplane.metrics.Counter;
import java.util.concurrent.atomic.AtomicInteger;

/** So many connections and no more. Any loop. */
final class Places {
    private final int most;
    private final Counter refused;
    private final AtomicInteger taken = new AtomicInteger();

    Places(int most, Counter refused) {
        this.most = most;
        this.refused = refused;
    }

    /** Whether there was a place, which the channel has until it closes. */
    boolean take(Channel channel) {
        if (taken.incrementAndGet() > most) {
            taken.decrementAndGet();
            refused.increment();
            return false;
        }
        channel.closeFuture().addListener(closed -> taken.decrementAndGet());
        return true;
    }
}
