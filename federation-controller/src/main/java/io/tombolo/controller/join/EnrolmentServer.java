package io.tombolo.controller.join;

import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.NettyServerBuilder;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.trustbundle.tls.CertifiedKey;
import io.tombolo.trustbundle.tls.CurrentKeyManager;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The listener :15012, for strangers with a token. */
public final class EnrolmentServer implements AutoCloseable {
    private static final int MAX_MESSAGE_BYTES = 256 * 1_024;

    private final Server server;

    /** Listens at once. @throws TomboloException PORT_IN_USE */
    public EnrolmentServer(
            InetSocketAddress address, Supplier<CertifiedKey> own, Supplier<Optional<Authority>> authority) {
        var credentials = TlsServerCredentials.newBuilder()
                .keyManager(new CurrentKeyManager(own))
                .build();
        this.server = NettyServerBuilder.forAddress(address, credentials)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .maxConcurrentCallsPerConnection(4)
                .handshakeTimeout(10, TimeUnit.SECONDS)
                .maxConnectionAge(2, TimeUnit.MINUTES)
                .addService(ServerInterceptors.intercept(new EnrolmentService(authority), new ChannelBinding()))
                .build();
        try {
            server.start();
        } catch (IOException taken) {
            throw new TomboloException(
                    Fault.PORT_IN_USE,
                    "controller.enrolment.port = " + address.getPort(),
                    String.valueOf(taken.getMessage()),
                    "choose another port, or set controller.auto-ports=true",
                    taken);
        }
    }

    public int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
