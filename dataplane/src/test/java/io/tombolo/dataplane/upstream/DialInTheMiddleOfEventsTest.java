package io.tombolo.dataplane.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.tombolo.dataplane.feed.CurrentConfig;
import io.tombolo.dataplane.fixture.TestCluster;
import io.tombolo.dataplane.identity.LivePeers;
import io.tombolo.dataplane.loop.Loops;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.dataplane.tls.MeshTls;
import io.tombolo.dataplane.tls.TlsEngine;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.trustbundle.bundle.BundleSet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

/**
 * Two connections have something to read in one and the same turn of a loop. Whoever is read first closes the other one and
 * dials: the new connection gets the number of the file that was just closed, and what the system reported for the old one
 * must not come to it.
 */
@Timeout(20)
class DialInTheMiddleOfEventsTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    private final Loops loops = Loops.open(1);
    private final TestCluster east = new TestCluster("east");
    private final ServerSocket server = bound();
    private final Dialer dialer = dialer();

    @AfterEach
    void close() throws IOException {
        server.close();
        loops.close();
    }

    @RepeatedTest(3)
    void whatWasReportedForAClosedConnectionDoesNotComeToANewOne() throws Exception {
        // Given
        EventLoop loop = loops.next();
        Promise<Integer> read = loop.newPromise();
        Channel first = dialed(loop);
        Socket firstPeer = server.accept();
        Channel second = dialed(loop);
        Socket secondPeer = server.accept();
        loop.submit(() -> {
                    first.pipeline().addLast(new ClosesAndDials(second, read));
                    second.pipeline().addLast(new ClosesAndDials(first, read));
                })
                .sync();
        // When
        var holds = new CountDownLatch(1);
        var held = new CountDownLatch(1);
        loop.execute(() -> {
            holds.countDown();
            await(held);
        });
        await(holds);
        for (Socket peer : List.of(firstPeer, secondPeer)) {
            peer.getOutputStream().write(1);
            peer.shutdownOutput(); // not closed: the number that is free next is to be the one of a connection of
            // the loop
        }
        held.countDown();
        // Then
        try (Socket peer = server.accept()) {
            peer.getOutputStream().write(42);
            assertThat(read.get(5, TimeUnit.SECONDS)).isEqualTo(42);
        } catch (SocketTimeoutException nobodyCame) {
            throw new AssertionError("no connection came", read.cause());
        } finally {
            firstPeer.close();
            secondPeer.close();
        }
    }

    private final class ClosesAndDials extends SimpleChannelInboundHandler<ByteBuf> {
        private final Channel other;
        private final Promise<Integer> read;

        ClosesAndDials(Channel other, Promise<Integer> read) {
            this.other = other;
            this.read = read;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf some) {
            other.close();
            dialer.connect(ctx.channel().eventLoop(), address()).addListener((Future<Channel> dialled) -> {
                if (dialled.isSuccess()) {
                    dialled.getNow().pipeline().addLast(new Reads(read));
                } else {
                    read.tryFailure(dialled.cause());
                }
            });
        }
    }

    private static final class Reads extends SimpleChannelInboundHandler<ByteBuf> {
        private final Promise<Integer> read;

        Reads(Promise<Integer> read) {
            this.read = read;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf some) {
            read.trySuccess((int) some.readByte());
        }
    }

    private Channel dialed(EventLoop loop) throws Exception {
        return dialer.connect(loop, address()).get(5, TimeUnit.SECONDS);
    }

    private HostPort address() {
        return new HostPort("127.0.0.1", server.getLocalPort());
    }

    private Dialer dialer() {
        var bundles = BundleSet.of(List.of(east.bundle()));
        var tls = new MeshTls(
                () -> east.workload("frontend"), () -> bundles, InstantSource.system(), TlsEngine.best(), SOON);
        return new Dialer(loops, tls, new LivePeers(new CurrentConfig(), new Metrics()), SOON, SOON);
    }

    private static ServerSocket bound() {
        try {
            var bound = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            bound.setSoTimeout(5_000);
            return bound;
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
