package io.tombolo.dataplane.enrol;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.trustbundle.tls.JdkTls;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** gRPC to the own controller, on one small thread of its own. Close it when done. */
public final class ControllerChannel implements AutoCloseable {
    /** For what the channel still has to do on its loop. */
    private static final int QUIET_MILLIS = 50;

    /** After this the controller is asked whether it is still there, and given as long to answer, in s. */
    private static final int SILENCE_SECONDS = 5;

    private static final int GOODBYE_MILLIS = 500;

    private final NioEventLoopGroup loop;
    private final ManagedChannel channel;

    /**
     * Connects at the first call.
     * @param executor       runs the callbacks
     * @param maxUpdateBytes largest message taken
     */
    public ControllerChannel(HostPort address, JdkTls tls, Executor executor, int maxUpdateBytes) {
        this.loop = new NioEventLoopGroup(1, new DefaultThreadFactory("controller-io", true));
        this.channel = NettyChannelBuilder.forAddress(address.host(), address.port())
                .eventLoopGroup(loop)
                .channelType(NioSocketChannel.class)
                .executor(executor)
                .sslContext(context(tls))
                .maxInboundMessageSize(maxUpdateBytes)
                .keepAliveTime(SILENCE_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(SILENCE_SECONDS, TimeUnit.SECONDS)
                .disableRetry()
                .build();
    }

    public ManagedChannel grpc() {
        return channel;
    }

    /** Lets what was said go out, then ends every call. Returns at once; the thread that it gives has half a second for it. */
    public Thread closeGently() {
        channel.shutdown();
        return Thread.startVirtualThread(() -> {
            try {
                channel.awaitTermination(GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            close();
        });
    }

    /** Ends every call. Returns at once; the thread ends within a second. */
    @Override
    public void close() {
        channel.shutdownNow();
        loop.shutdownGracefully(QUIET_MILLIS, 1_000, TimeUnit.MILLISECONDS);
    }

    private static SslContext context(JdkTls tls) {
        var alpn = new ApplicationProtocolConfig(
                ApplicationProtocolConfig.Protocol.ALPN,
                ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                "h2");
        return new JdkSslContext(
                tls.context(),
                true,
                null,
                IdentityCipherSuiteFilter.INSTANCE,
                alpn,
                ClientAuth.NONE,
                new String[] {"TLSv1.3"},
                false);
    }
}
