package io.tombolo.dataplane.upstream;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.tombolo.dataplane.loop.Loops;
import io.tombolo.dataplane.metrics.Counter;
import io.tombolo.dataplane.metrics.Counters;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.fault.Fault;
import java.util.List;
import java.util.Optional;

/**
 * Opens TCP connections on the loop of the connection that needs them: one address after the other, each within the dial
 * timeout. Only addresses that the feed registered come here.
 */
public final class AddressDialer {
    private final Loops loops;
    private final DialLimits limits;
    private final Counters dials;
    private final Metrics metrics;

    public AddressDialer(Loops loops, DialLimits limits, Metrics metrics) {
        this.loops = loops;
        this.limits = limits;
        this.metrics = metrics;
        this.dials = metrics.counters("tombolo_dials_total", "Connections to upstream addresses, by result.", "result");
    }

    public DialLimits limits() {
        return limits;
    }

    /**
     * Connects to the first address that answers and is not this gateway itself. The channel does not read before somebody says so.
     * @return fails with the last address's cause
     */
    public Promise<Channel> dial(EventLoop loop, List<HostPort> addresses) {
        Promise<Channel> connected = loop.newPromise();
        dial(loop, addresses, 0, connected);
        return connected;
    }

    private void dial(EventLoop loop, List<HostPort> addresses, int index, Promise<Channel> connected) {
        HostPort address = addresses.get(index);
        Bootstrap bootstrap = loops.client(loop, limits.timeout())
                .option(ChannelOption.AUTO_READ, false)
                .handler(Unconnected.INSTANCE);
        loops.connect(loop, bootstrap, address.host(), address.port()).addListener((Future<Channel> done) -> {
            Optional<Throwable> failed = failure(address, done);
            count(failed.isEmpty()).increment();
            if (failed.isEmpty()) {
                hand(done.getNow(), connected);
            } else if (index + 1 < addresses.size()) {
                dial(loop, addresses, index + 1, connected);
            } else {
                connected.tryFailure(failed.get());
            }
        });
    }

    private Optional<Throwable> failure(HostPort address, Future<Channel> done) {
        if (!done.isSuccess()) {
            return Optional.of(done.cause());
        }
        if (!loops.listeners().leadsBack(done.getNow())) {
            return Optional.empty();
        }
        done.getNow().close();
        metrics.fault(Fault.RELAY_LOOP).increment();
        return Optional.of(LoopGuard.ownListener(address));
    }

    private static void hand(Channel channel, Promise<Channel> connected) {
        Unconnected.leave(channel);
        if (!connected.trySuccess(channel)) {
            channel.close(); // nobody waits for it any more
        }
    }

    private Counter count(boolean success) {
        return dials.of(success ? "connected" : "failed");
    }
}
