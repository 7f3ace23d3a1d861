package io.tombolo.dataplane.upstream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.tombolo.dataplane.capture.OwnDials;
import io.tombolo.dataplane.loop.Loops;
import io.tombolo.model.catalog.HostPort;
import java.net.InetSocketAddress;
import java.time.Duration;

/** Connects to what is not of the mesh, in the application's stead. Any loop; the result is completed on the loop named. */
public final class AwayDialer {
    private final Loops loops;
    private final OwnDials own;
    private final Duration connectTimeout;

    /** @param connectTimeout limit for one TCP handshake: the application already has a connection, and waits */
    public AwayDialer(Loops loops, OwnDials own, Duration connectTimeout) {
        this.loops = loops;
        this.own = own;
        this.connectTimeout = connectTimeout;
    }

    /** @return fails with what the network says, or with a TomboloException RELAY_LOOP for a listener of this very program */
    public Future<Channel> connect(EventLoop loop, InetSocketAddress destination) {
        Promise<Channel> result = loop.newPromise();
        loops.client(loop, connectTimeout)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(own, Unconnected.INSTANCE);
                    }
                })
                .connect(destination)
                .addListener((ChannelFuture connected) -> {
                    if (!connected.isSuccess()) {
                        result.setFailure(connected.cause());
                    } else if (loops.listeners().leadsBack(connected.channel())) {
                        connected.channel().close();
                        result.setFailure(LoopGuard.ownListener(
                                new HostPort(destination.getAddress().getHostAddress(), destination.getPort())));
                    } else {
                        Unconnected.leave(connected.channel());
                        result.setSuccess(connected.channel());
                    }
                });
        return result;
    }
}
