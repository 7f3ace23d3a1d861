package io.tombolo.dataplane.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.tombolo.dataplane.loop.Loops;
import io.tombolo.dataplane.metrics.Metrics;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of bytes that nobody has taken when a relay ends. */
class RelayFlushTest {
    private final RelayLimits limits = RelayLimits.of(Duration.ofMillis(200), Duration.ofMillis(300), new Metrics());
    private final Loops loops = Loops.open(1);
    private final ExecutorService people = Executors.newVirtualThreadPerTaskExecutor();
    private final CompletableFuture<Channel> nearSide = new CompletableFuture<>();
    private final CompletableFuture<RelayEnd> ended = new CompletableFuture<>();
    private ServerSocket far;
    private Channel listening;

    @BeforeEach
    void aRelayInFrontOfSomebody() throws IOException {
        far = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        listening = loops.server()
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel client) {
                        dial(client);
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
    }

    private void dial(Channel client) {
        nearSide.complete(client);
        loops.client(client.eventLoop(), Duration.ofSeconds(5))
                .option(ChannelOption.AUTO_READ, false)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel upstream) {
                        upstream.config().setAutoRead(false);
                    }
                })
                .connect(far.getLocalSocketAddress())
                .addListener(
                        (ChannelFuture connected) -> Relay.start(client, connected.channel(), limits, ended::complete));
    }

    @AfterEach
    void everythingEnds() throws IOException {
        listening.close().syncUninterruptibly();
        far.close();
        people.shutdownNow();
        loops.close();
    }

    @Test
    void whoTakesNothingLosesWhatIsLeftAfterALimitAndIsCounted() throws IOException {
        // Given: the far side says more than there is room for on the way
        try (Socket near = new Socket()) {
            near.setReceiveBufferSize(4_096);
            near.connect(listening.localAddress());
            Socket there = far.accept();
            people.submit(() -> flood(there));
            // When: nothing moves any more
            assertThat(ended).succeedsWithin(Duration.ofSeconds(20));
            // Then
            assertThat(ended.join().reason()).isEqualTo(RelayEnd.Reason.IDLE);
            await().until(() -> !nearSide.join().isOpen());
            assertThat(limits.idled().value()).isEqualTo(1);
            assertThat(limits.notTaken().value()).isEqualTo(1);
        }
    }

    @Test
    void whoTakesWhatIsLeftIsNotCounted() throws IOException {
        try (Socket near = new Socket(InetAddress.getLoopbackAddress(), port())) {
            // Given
            Socket there = far.accept();
            there.getOutputStream().write(1);
            assertThat(near.getInputStream().read()).isEqualTo(1);
            // When
            assertThat(ended).succeedsWithin(Duration.ofSeconds(20));
            // Then
            assertThat(near.getInputStream().read()).isEqualTo(-1);
            assertThat(limits.notTaken().value()).isZero();
            there.close();
        }
    }

    private int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    private static void flood(Socket to) {
        try (to) {
            OutputStream out = to.getOutputStream();
            while (!Thread.currentThread().isInterrupted()) {
                out.write(new byte[65_536]);
            }
        } catch (SocketException closed) {
            // as it should be
        } catch (IOException unexpected) {
            throw new java.io.UncheckedIOException(unexpected);
        }
    }
}
