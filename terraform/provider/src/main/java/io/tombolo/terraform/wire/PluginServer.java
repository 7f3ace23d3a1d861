package io.tombolo.terraform.wire;

import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.ServerServiceDefinition;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.tombolo.terraform.resource.Provider;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The provider as a server on loopback, for one Terraform. */
public final class PluginServer implements AutoCloseable {
    /** Schemas and states may be larger than what gRPC takes by itself; Terraform's own limit. */
    private static final int LARGEST_MESSAGE = 256 << 20;

    private static final int MOST_CALLS = 16;
    private static final int MOST_WAITING = 1_024;

    private final LateProvider provider;
    private final CountDownLatch asked;
    private final ExecutorService calls;
    private final Server server;

    /** What is called, which knows nothing of how. */
    private record Called(LateProvider provider, CountDownLatch asked, List<ServerServiceDefinition> services) {
        static Called of(LateProvider provider) {
            var asked = new CountDownLatch(1);
            return new Called(
                    provider,
                    asked,
                    List.of(new ProviderCalls(provider).bindService(), new EndingCalls(asked).bindService()));
        }
    }

    private PluginServer(Called called, ServerCredentials credentials) throws IOException {
        this.provider = called.provider();
        this.asked = called.asked();
        this.calls = new ThreadPoolExecutor(
                MOST_CALLS, MOST_CALLS, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), daemons());
        this.server = OkHttpServerBuilder.forPort(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), credentials)
                .executor(calls)
                .maxInboundMessageSize(LARGEST_MESSAGE)
                .addServices(called.services())
                .build()
                .start();
    }

    // Threads of the platform that do not keep the process: virtual ones leave a poller in native code, for which exit
    // waits. Without a number, which would be the first text that the JVM has to learn to put together.
    private static ThreadFactory daemons() {
        return Thread.ofPlatform().daemon().name("call").factory();
    }

    /** Without TLS, for a Terraform that is told where it is ({@code TF_REATTACH_PROVIDERS}). */
    public static PluginServer open(Provider provider) throws IOException {
        return new PluginServer(Called.of(new LateProvider(() -> provider)), InsecureServerCredentials.create());
    }

    /** On 127.0.0.1. */
    public int port() {
        return server.getPort();
    }

    /**
     * Serves the Terraform that started this process until it says that it is done, or is gone.
     * @param provider made here, once Terraform knows where to call
     * @param stdout where the handshake goes, and nothing else
     * @return the exit code
     */
    public static int serve(Supplier<Provider> provider, Map<String, String> environment, PrintStream stdout)
            throws IOException, InterruptedException {
        try {
            PluginTls tls = PluginTls.begin(Handshake.of(environment));
            var late = new LateProvider(provider);
            try (var server = new PluginServer(Called.of(late), tls.credentials())) {
                ParentWatch.begin(server.asked);
                stdout.println(Handshake.line(server.port(), tls.server()));
                stdout.flush();
                var _ = late.get();
                server.asked.await();
            }
        } catch (Handshake.Refused refused) {
            System.err.println(refused.getMessage());
            return 1;
        }
        return 0;
    }

    @Override
    public void close() {
        provider.stop();
        server.shutdownNow();
        calls.shutdownNow();
        try {
            var _ = server.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
