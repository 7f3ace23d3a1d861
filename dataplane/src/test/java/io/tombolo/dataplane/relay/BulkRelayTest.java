package io.tombolo.dataplane.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.tombolo.dataplane.loop.Loops;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.dataplane.splice.ShortReads;
import io.tombolo.dataplane.splice.Splicing;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A relay of bare connections whose large transfers are moved by the kernel. */
class BulkRelayTest {
    private static final int MIB = 1_024 * 1_024;
    private static final RelayLimits LIMITS =
            RelayLimits.of(Duration.ofMinutes(1), Duration.ofSeconds(10), new Metrics());
    private static final int PATIENCE_MS = 20_000;
    private final AtomicLong spliced = new AtomicLong();
    private final Splicing splicing = Splicing.whenNeeded(spliced::addAndGet);
    private final Loops loops = Loops.open(1);
    private final ExecutorService people = Executors.newVirtualThreadPerTaskExecutor();
    private final List<AutoCloseable> open = new ArrayList<>();
    private ServerSocket far;
    private int port;

    @BeforeEach
    void aRelayInFrontOfSomebody() throws IOException {
        Assumptions.assumeTrue(loops.isNative(), "needs the native transport of Linux");
        far = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        ChannelFuture bound = loops.server()
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel client) {
                        client.config().setRecvByteBufAllocator(new ShortReads());
                        dial(client);
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly();
        open.add(() -> bound.channel().close().syncUninterruptibly());
        port = ((InetSocketAddress) bound.channel().localAddress()).getPort();
        await().atMost(Duration.ofSeconds(20)).until(splicing::isReady);
    }

    private void dial(Channel client) {
        loops.client(client.eventLoop(), Duration.ofSeconds(5))
                .option(ChannelOption.AUTO_READ, false)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel upstream) {
                        upstream.config().setRecvByteBufAllocator(new ShortReads());
                    }
                })
                .connect(far.getLocalSocketAddress())
                .addListener((ChannelFuture connected) ->
                        Relay.start(client, connected.channel(), LIMITS, splicing, ended -> {}));
    }

    @AfterEach
    void everythingEnds() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
        far.close();
        people.shutdownNow();
        loops.close();
        splicing.close();
    }

    @Test
    void aLargeTransferArrivesByteForByteAndTheKernelMovedSomeOfIt() throws Exception {
        Call call = call();

        Future<Long> sent = people.submit(() -> send(call.far(), 7, 64 * MIB));

        assertThat(received(call.near(), 64 * MIB)).isEqualTo(sent.get());
        assertThat(spliced).hasPositiveValue();
    }

    @Test
    void aReaderThatIsLateGetsAllAndUntilThenTheSenderWaits() throws Exception {
        Call call = call();
        var progress = new AtomicLong();
        Future<Long> sent = people.submit(() -> {
            long crc = send(call.far(), 8, 48 * MIB, progress);
            call.far().shutdownOutput();
            return crc;
        });
        var before = new AtomicLong();
        await().until(() -> progress.get() > 0 && before.getAndSet(progress.get()) == progress.get());

        assertThat(progress).hasValueLessThan(48 * MIB);
        assertThat(received(call.near(), 48 * MIB)).isEqualTo(sent.get());
        assertThat(call.near().getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void theEndComesBehindTheLastByteAndTheOtherDirectionStaysOpen() throws Exception {
        var random = new SplittableRandom(4711);
        for (int round = 0; round < 60; round++) {
            Call call = call();
            int bytes = random.nextInt(1, 3 * MIB);
            int seed = round;

            Future<Long> sent = people.submit(() -> {
                long crc = send(call.near(), seed, bytes);
                call.near().shutdownOutput();
                return crc;
            });

            assertThat(received(call.far(), bytes))
                    .as("round %s, %s bytes", round, bytes)
                    .isEqualTo(sent.get());
            assertThat(call.far().getInputStream().read()).isEqualTo(-1);
            call.far().getOutputStream().write('k');
            assertThat(call.near().getInputStream().read()).isEqualTo('k');
            call.near().close();
            call.far().close();
        }
    }

    @Test
    void transfersOfOneLoopNeverMix() throws Exception {
        var all = new ArrayList<Future<?>>();
        for (int one = 0; one < 12; one++) {
            Call call = call();
            int seed = one;
            int bytes = MIB + one * 100_003;
            Future<Long> up = people.submit(() -> send(call.near(), seed, bytes));
            Future<Long> down = people.submit(() -> send(call.far(), -seed, 2 * bytes));
            all.add(people.submit(() -> assertThat(received(call.far(), bytes)).isEqualTo(up.get())));
            all.add(people.submit(
                    () -> assertThat(received(call.near(), 2 * bytes)).isEqualTo(down.get())));
        }

        for (Future<?> one : all) {
            one.get();
        }
    }

    @Test
    void aBreakInTheMiddleIsABreakOnTheOtherSideAndTheNextTransferIsWhole() throws Exception {
        Call broken = call();
        people.submit(() -> send(broken.far(), 1, 64 * MIB));
        broken.near().getInputStream().readNBytes(3 * MIB);
        broken.near().setSoLinger(true, 0);
        broken.near().close();
        assertThatThrownBy(() -> send(broken.far(), 2, 64 * MIB)).isInstanceOf(IOException.class);

        Call next = call();
        Future<Long> sent = people.submit(() -> send(next.far(), 3, 8 * MIB));

        assertThat(received(next.near(), 8 * MIB)).isEqualTo(sent.get());
    }

    private record Call(Socket near, Socket far) {}

    private Call call() throws IOException {
        var near = new Socket(InetAddress.getLoopbackAddress(), port);
        open.add(near);
        Socket accepted = far.accept();
        open.add(accepted);
        near.setSoTimeout(PATIENCE_MS);
        accepted.setSoTimeout(PATIENCE_MS);
        return new Call(near, accepted);
    }

    private static long send(Socket to, int seed, int bytes) throws IOException {
        return send(to, seed, bytes, new AtomicLong());
    }

    /** @return what {@link #received} is to return */
    private static long send(Socket to, int seed, int bytes, AtomicLong progress) throws IOException {
        var random = new SplittableRandom(seed);
        var crc = new CRC32C();
        OutputStream out = to.getOutputStream();
        byte[] part = new byte[200_000];
        for (int left = bytes; left > 0; left -= part.length) {
            random.nextBytes(part);
            int length = Math.min(left, part.length);
            crc.update(part, 0, length);
            out.write(part, 0, length);
            progress.addAndGet(length);
        }
        return crc.getValue();
    }

    private static long received(Socket from, int bytes) throws IOException {
        var crc = new CRC32C();
        InputStream in = from.getInputStream();
        byte[] part = new byte[100_000];
        for (int left = bytes; left > 0; ) {
            int read = in.read(part, 0, Math.min(left, part.length));
            if (read < 0) {
                throw new IOException(left + " bytes are missing");
            }
            crc.update(part, 0, read);
            left -= read;
        }
        return crc.getValue();
    }
}
