package io.tombolo.dataplane.accept;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.tombolo.dataplane.loop.Loops;
import io.tombolo.dataplane.metrics.Counter;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One listening port and the connections that came in by it. */
public final class Acceptor {
    private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);

    private final Loops loops;
    private final Bounds bounds;
    private final Metrics metrics;
    private final Counter accepted;
    private final Consumer<Accepted> next;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private volatile Optional<Channel> listener = Optional.empty();

    /**
     * Listens to nothing yet.
     * @param next takes each connection on its own loop, before it reads anything
     */
    public Acceptor(Loops loops, AcceptLimits limits, Metrics metrics, Consumer<Accepted> next) {
        this.loops = loops;
        this.bounds = new Bounds(limits);
        this.metrics = metrics;
        this.accepted = metrics.counter("tombolo_connections_accepted_total", "Connections let in.");
        this.next = next;
        metrics.gauge("tombolo_connections_open", "Connections that came in and are open.", bounds::connections);
        metrics.gauge("tombolo_hellos_pending", "Connections that have not said a name yet.", bounds::pending);
    }

    /**
     * Binds; blocks until it is done, so not on a loop.
     * @param orNext whether another port is taken when this one is in use; port 0 is any port anyway
     * @return the real address
     * @throws TomboloException PORT_IN_USE
     */
    public InetSocketAddress bind(InetSocketAddress wanted, boolean orNext) {
        ServerBootstrap server =
                loops.server().childOption(ChannelOption.AUTO_READ, true).childHandler(entrance());
        Channel bound = loops.listen(server, wanted, orNext).orElseThrow(() -> taken(wanted, orNext));
        listener = Optional.of(bound);
        return (InetSocketAddress) bound.localAddress();
    }

    private static TomboloException taken(InetSocketAddress wanted, boolean orNext) {
        return new TomboloException(
                Fault.PORT_IN_USE,
                "address " + wanted.getAddress().getHostAddress() + ":" + wanted.getPort(),
                "cannot be listened on" + (orNext ? ", nor can the " + Loops.NEXT_PORTS + " ports after it" : ""),
                "stop the process that has it, choose another port, or set auto-ports");
    }

    /** Stops listening; connections stay. */
    public void stopAccepting() {
        listener.ifPresent(channel -> channel.close().awaitUninterruptibly());
    }

    /** Closes every connection that is left, and waits for that. */
    public void closeConnections() {
        connections.close().awaitUninterruptibly();
    }

    /** Closes the connections that come from one of {@code sources}. Any thread; returns at once. */
    public void closeFrom(Set<InetAddress> sources) {
        for (Channel channel : connections) { // the group's own close would also refuse every later connection
            if (channel.remoteAddress() instanceof InetSocketAddress source && sources.contains(source.getAddress())) {
                channel.close();
            }
        }
    }

    /** Open connections. */
    public int connections() {
        return bounds.connections();
    }

    private ChannelHandler entrance() {
        return new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                admit(channel);
            }
        };
    }

    private void admit(Channel channel) {
        Optional<Fault> full = bounds.connectionOpened();
        if (full.isPresent()) {
            turnAway(channel, full.get());
            return;
        }
        channel.closeFuture().addListener(closed -> bounds.connectionClosed());
        if (!(channel.remoteAddress() instanceof InetSocketAddress source)) {
            channel.close(); // gone before it was looked at
            return;
        }
        Optional<PendingPlace> place = bounds.takePending(source.getAddress());
        if (place.isEmpty()) {
            turnAway(channel, Fault.TOO_MANY_PENDING);
            return;
        }
        channel.closeFuture().addListener(closed -> place.get().giveBack());
        accepted.increment();
        connections.add(channel);
        next.accept(new Accepted(channel, source, place.get()));
    }

    /** At once and without a word: an answer would cost what is missing. */
    private void turnAway(Channel channel, Fault why) {
        metrics.fault(why).increment();
        LOG.atDebug().addKeyValue("fault", why).log("connection turned away");
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.close();
    }
}
