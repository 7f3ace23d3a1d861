package io.tombolo.controller.push;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.NettyServerBuilder;
import io.tombolo.controller.enrol.EnrolService;
import io.tombolo.controller.enrol.Registrations;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.trustbundle.bundle.BundleSet;
import io.tombolo.trustbundle.tls.CertifiedKey;
import io.tombolo.trustbundle.tls.CurrentKeyManager;
import io.tombolo.trustbundle.verify.SpiffeTrustManager;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** The listener :15010: enrolment for whoever comes, the feed for who shows a registered SVID. */
public final class ProxyServer implements AutoCloseable {
    private static final int MAX_MESSAGE_BYTES = 1_024 * 1_024;

    private final Server server;

    /**
     * Listens at once.
     * @param own        the controller's chain for a server name, asked for at every handshake
     * @param recognised whose certificates may be shown at all: this cluster's own, those of former epochs too
     * @param bundle     whose certificates count
     * @param beside     what proves its callers itself
     * @throws TomboloException PORT_IN_USE
     */
    public ProxyServer(
            InetSocketAddress address,
            Function<Optional<String>, CertifiedKey> own,
            Supplier<BundleSet> recognised,
            Supplier<BundleSet> bundle,
            Registrations registrations,
            EnrolService enrol,
            FeedService feed,
            Optional<? extends BindableService> beside) {
        var credentials = TlsServerCredentials.newBuilder()
                .keyManager(CurrentKeyManager.byServerName(own))
                .trustManager(new SpiffeTrustManager(recognised, InstantSource.system()))
                .clientAuth(TlsServerCredentials.ClientAuth.OPTIONAL)
                .build();
        NettyServerBuilder builder = NettyServerBuilder.forAddress(address, credentials)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .keepAliveTime(5, TimeUnit.SECONDS)
                .keepAliveTimeout(5, TimeUnit.SECONDS)
                .permitKeepAliveTime(1, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .maxConcurrentCallsPerConnection(16)
                .handshakeTimeout(10, TimeUnit.SECONDS)
                .addService(enrol)
                .addService(ServerInterceptors.intercept(feed, new ProxyIdentity(registrations, bundle)));
        beside.ifPresent(builder::addService);
        this.server = builder.build();
        try {
            server.start();
        } catch (IOException taken) {
            throw new TomboloException(
                    Fault.PORT_IN_USE,
                    "controller.proxies.port = " + address.getPort(),
                    String.valueOf(taken.getMessage()),
                    "choose another port, or set controller.auto-ports=true",
                    taken);
        }
    }

    /** The real port. */
    public int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
