package io.tombolo.dataplane.capture;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.tombolo.dataplane.loop.Loops;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A port for processes of this machine. */
public final class LocalListener {
    private final Channel channel;

    private LocalListener(Channel channel) {
        this.channel = channel;
    }

    /**
     * Binds; blocks until that is done, so not on a loop.
     * @param address        must be a loopback address
     * @param orNext         whether another port is taken when this one is in use
     * @param maxConnections open at once; what is too much is closed
     * @param next           takes each connection on its loop; it does not read until told to
     * @throws TomboloException PORT_IN_USE, or BAD_SETTING for an address that others can reach
     */
    public static LocalListener bind(
            Loops loops,
            InetSocketAddress address,
            boolean orNext,
            int maxConnections,
            Metrics metrics,
            Consumer<Channel> next) {
        ServerBootstrap server = server(loops, address, maxConnections, metrics, next);
        return new LocalListener(loops.listen(server, address, orNext).orElseThrow(() -> taken(address)));
    }

    /**
     * Binds the virtual address of a service; parameters and blocking as above.
     * @throws TomboloException VIP_NOT_BOUND with what the system says
     */
    static LocalListener bindVirtual(
            Loops loops, InetSocketAddress address, int maxConnections, Metrics metrics, Consumer<Channel> next) {
        ChannelFuture bound = loops.listenAt(server(loops, address, maxConnections, metrics, next), address);
        if (!bound.isSuccess()) {
            throw new TomboloException(
                    Fault.VIP_NOT_BOUND,
                    "address " + address.getAddress().getHostAddress() + ":" + address.getPort(),
                    "cannot be listened on: " + bound.cause().getMessage(),
                    "a port that another process has on all addresses, and one below 1024 without the right to it, cannot be"
                            + " had; see vip.excluded-ports, --bind and --transparent");
        }
        return new LocalListener(bound.channel());
    }

    private static ServerBootstrap server(
            Loops loops, InetSocketAddress address, int maxConnections, Metrics metrics, Consumer<Channel> next) {
        if (!address.getAddress().isLoopbackAddress()) {
            throw new TomboloException(
                    Fault.BAD_SETTING, "address " + address, "can be reached from outside", "use 127.0.0.1");
        }
        return loops.server()
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(entrance(new AtomicInteger(), maxConnections, metrics, next));
    }

    private static TomboloException taken(InetSocketAddress address) {
        return new TomboloException(
                Fault.PORT_IN_USE,
                "address " + address.getAddress().getHostAddress() + ":" + address.getPort(),
                "is taken by another process",
                "choose another port, or set sidecar.auto-ports=true");
    }

    /** The real address. */
    public InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    /** Stops listening; connections stay. */
    public void close() {
        channel.close().awaitUninterruptibly();
    }

    private static ChannelInitializer<Channel> entrance(
            AtomicInteger open, int maxConnections, Metrics metrics, Consumer<Channel> next) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel accepted) {
                if (open.incrementAndGet() > maxConnections) {
                    metrics.fault(Fault.TOO_MANY_CONNECTIONS).increment();
                    accepted.close();
                } else {
                    next.accept(accepted);
                }
                accepted.closeFuture().addListener(closed -> open.decrementAndGet());
            }
        };
    }
}
