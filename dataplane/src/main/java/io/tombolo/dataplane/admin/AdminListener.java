package io.tombolo.dataplane.admin;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.tombolo.dataplane.loop.Loops;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.setting.Setting;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Listens for the administrator, or for load balancers. */
public final class AdminListener implements AutoCloseable {
    /** How long a request may take to arrive, in s. */
    private static final int REQUEST_SECONDS = 5;

    /** Largest body; there is no page that wants one. */
    private static final int MAX_BODY = 1_024;

    private final Channel listener;

    private AdminListener(Channel listener) {
        this.listener = listener;
    }

    /**
     * Writes a new token file and listens. Blocks.
     * @param address a loopback address: the token goes over it in clear
     * @param orNext  whether another port is taken when this one is in use
     */
    public static AdminListener open(
            Loops loops, InetSocketAddress address, boolean orNext, Path stateDirectory, AdminPages pages) {
        Setting.check(
                address.getAddress().isLoopbackAddress(),
                "admin.host",
                address.getHostString(),
                "a loopback address such as 127.0.0.1");
        Optional<AdminToken> token = Optional.of(AdminToken.create(stateDirectory));
        ServerBootstrap server = server(loops, channel -> true, () -> new AdminHandler(pages, token));
        return listen("admin", loops, server, address, orNext);
    }

    /**
     * Listens for load balancers. Blocks.
     * @param orNext  whether another port is taken when this one is in use
     * @param pages   everybody may ask for these
     * @param metrics counts who found no place
     */
    public static AdminListener health(
            Loops loops, HealthSettings settings, boolean orNext, AdminPages pages, Metrics metrics) {
        var places = new Places(settings.maxConnections(), metrics.fault(Fault.TOO_MANY_CONNECTIONS));
        ServerBootstrap server = server(loops, places::take, () -> new AdminHandler(pages, Optional.empty()));
        return listen("health", loops, server, settings.listen(), orNext);
    }

    private static AdminListener listen(
            String what, Loops loops, ServerBootstrap server, InetSocketAddress address, boolean orNext) {
        return new AdminListener(loops.listen(server, address, orNext).orElseThrow(() -> taken(what, address)));
    }

    private static TomboloException taken(String what, InetSocketAddress address) {
        return new TomboloException(
                Fault.PORT_IN_USE,
                what + ".port = " + address.getPort(),
                "is taken on " + address.getHostString(),
                "stop what listens there, choose another port, or set auto-ports=true");
    }

    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    @Override
    public void close() {
        listener.close().awaitUninterruptibly();
    }

    private static ServerBootstrap server(Loops loops, Predicate<Channel> admits, Supplier<AdminHandler> handler) {
        return loops.server()
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, false)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (!admits.test(channel)) {
                            channel.close();
                            return;
                        }
                        channel.pipeline()
                                .addLast(
                                        new ReadTimeoutHandler(REQUEST_SECONDS),
                                        new HttpServerCodec(),
                                        new HttpObjectAggregator(MAX_BODY),
                                        handler.get());
                    }
                });
    }
}
