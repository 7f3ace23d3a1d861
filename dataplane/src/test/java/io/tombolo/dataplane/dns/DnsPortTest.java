package io.tombolo.dataplane.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.dataplane.feed.CurrentConfig;
import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.dataplane.fixture.Configs;
import io.tombolo.dataplane.fixture.TestCluster;
import io.tombolo.dataplane.loop.Loops;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.ServiceType;
import io.tombolo.model.name.ServiceName;
import io.tombolo.wire.codec.FeedEntry;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Questions by datagram and stream to a real port. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class DnsPortTest {
    /** What kernels keep for one connection on their own, and then some. */
    private static final long MORE_THAN_BUFFERS = 24 * 1_024 * 1_024;

    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final Loops loops = Loops.open(2);
    private final Metrics metrics = new Metrics();
    private final CurrentConfig config = new CurrentConfig();
    private CompletableFuture<Optional<Inet4Address>> address = given("127.64.0.9");
    private final DnsPort port = DnsPort.open(
            loops,
            ANY,
            false,
            new OwnNames(config, (callee, ports) -> address, () -> Instant.EPOCH),
            new DnsLimits(8, 256),
            metrics);

    @BeforeEach
    void know() {
        config.swap(ProxyConfig.of(
                7,
                List.of(
                        Configs.own(new TestCluster("west"), Optional.empty()),
                        new FeedEntry.Imported(new ImportedService(
                                new ServiceName("shop", "checkout"),
                                List.of(new ExportedPort(80, "web", AppProtocol.HTTP)),
                                ServiceType.CLUSTER_SET_IP,
                                "None",
                                List.of(),
                                Optional.empty())))));
    }

    @AfterEach
    void end() {
        port.close();
        loops.close();
    }

    private static CompletableFuture<Optional<Inet4Address>> given(String address) {
        return CompletableFuture.completedFuture(Optional.of((Inet4Address) InetAddress.ofLiteral(address)));
    }

    private Questions.Answer ask(byte[] question) throws IOException {
        try (var socket = new DatagramSocket()) {
            socket.setSoTimeout(10_000);
            socket.send(new DatagramPacket(question, question.length, port.address()));
            return received(socket, question);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // name, type, class, rcode, authoritative, soa, address
        "checkout.shop.svc.clusterset.local, 1, 1, 0, true, false, 127.64.0.9",
        "CHECKOUT.shop.SVC.clusterset.Local, 1, 1, 0, true, false, 127.64.0.9",
        "checkout.shop.svc.clusterset.local, 28, 1, 0, true, true,", // AAAA: there is none
        "checkout.shop.svc.clusterset.local, 33, 1, 0, true, true,", // SRV
        "checkout.shop.svc.clusterset.local, 255, 1, 0, true, true,", // ANY is not answered
        "_web._tcp.checkout.shop.svc.clusterset.local, 33, 1, 0, true, false, 0 100 80 checkout.shop.svc.clusterset.local",
        "clusterset.local, 252, 1, 5, false, false,", // AXFR
        "svc.clusterset.local, 251, 1, 5, false, false,", // IXFR
        "shop.svc.clusterset.local, 1, 1, 0, true, true,", // leads to names
        "svc.clusterset.local, 1, 1, 0, true, true,",
        "clusterset.local, 6, 1, 0, true, true,",
        "billing.shop.svc.clusterset.local, 1, 1, 3, true, true,",
        "checkout.other.svc.clusterset.local, 1, 1, 3, true, true,",
        "other.svc.clusterset.local, 1, 1, 3, true, true,",
        "pod.checkout.shop.svc.clusterset.local, 1, 1, 3, true, true,",
        "checkout.shop.clusterset.local, 1, 1, 3, true, true,",
        "checkout.shop, 1, 1, 5, false, false,",
        "example.com, 1, 1, 5, false, false,",
        "xclusterset.local, 1, 1, 5, false, false,",
        "'', 2, 1, 5, false, false,", // the root's servers
        "checkout.shop.svc.clusterset.local, 1, 3, 5, false, false,", // class CHAOS
    })
    void eachQuestionHasItsAnswer(
            String name, int type, int qclass, int rcode, boolean authoritative, boolean soa, String expected)
            throws IOException {
        // When
        Questions.Answer answer = ask(Questions.of(0x0100, name, type, qclass, new byte[0]));
        // Then
        assertThat(answer.rcode()).isEqualTo(rcode);
        assertThat(answer.isAuthoritative()).isEqualTo(authoritative);
        assertThat(answer.soa()).isEqualTo(soa);
        assertThat(answer.address()).isEqualTo(Optional.ofNullable(expected));
        assertThat(answer.ttl()).isLessThanOrEqualTo(5);
        assertThat(answer.edns()).isFalse();
    }

    @Test
    void whileNothingIsKnownNobodyIsToldThatThereIsNothing() throws IOException {
        // Given
        config.swap(ProxyConfig.EMPTY);
        // When, then
        assertThat(ask(Questions.plain("checkout.shop.svc.clusterset.local", Questions.A))
                        .rcode())
                .isEqualTo(2);
        assertThat(ask(Questions.plain("nobody.shop.svc.clusterset.local", Questions.A))
                        .rcode())
                .isEqualTo(2);
        assertThat(ask(Questions.plain("example.com", Questions.A)).rcode()).isEqualTo(5);
    }

    @Test
    void aServiceThatCannotHaveAnAddressNowIsAFailureAndNotNothing() throws IOException {
        // Given
        address = CompletableFuture.completedFuture(Optional.empty());
        // When, then
        assertThat(ask(Questions.plain("checkout.shop.svc.clusterset.local", Questions.A))
                        .rcode())
                .isEqualTo(2);
        // Given
        address = CompletableFuture.failedFuture(new IllegalStateException("broken"));
        // When, then
        assertThat(ask(Questions.plain("checkout.shop.svc.clusterset.local", Questions.A))
                        .rcode())
                .isEqualTo(2);
        assertThat(metrics.text()).contains("tombolo_dns_queries_total{answer=\"servfail\"} 2");
    }

    @Test
    void whoSpeaksEdnsIsAnsweredInItAndOtherVersionsAreRefused() throws IOException {
        // When
        Questions.Answer known = ask(Questions.withEdns("checkout.shop.svc.clusterset.local", Questions.A, 0));
        Questions.Answer unknown = ask(Questions.withEdns("checkout.shop.svc.clusterset.local", Questions.A, 1));
        // Then
        assertThat(known.edns()).isTrue();
        assertThat(known.address()).contains("127.64.0.9");
        assertThat(unknown.rcode()).isEqualTo(16);
        assertThat(unknown.edns()).isTrue();
    }

    @Test
    void aMalformedQuestionIsAnsweredAndCountedAndTheNextOneWorks() throws IOException {
        // Given
        byte[] question = Questions.plain("checkout.shop.svc.clusterset.local", Questions.A);
        // When
        Questions.Answer answer = ask(Arrays.copyOf(question, question.length - 1));
        // Then
        assertThat(answer.rcode()).isEqualTo(1);
        assertThat(metrics.text()).contains("tombolo_faults_total{code=\"TB-2044\"} 1");
        assertThat(ask(question).address()).contains("127.64.0.9");
    }

    @Test
    void severalQuestionsOnOneStreamAreAnsweredAlsoToWhoEndsItsHalf() throws IOException {
        try (var socket = new Socket(port.address().getAddress(), port.address().getPort())) {
            // Given
            socket.setSoTimeout(10_000);
            var out = new DataOutputStream(socket.getOutputStream());
            byte[] question = Questions.plain("checkout.shop.svc.clusterset.local", Questions.A);
            // When
            for (int i = 0; i < 2; i++) {
                out.writeShort(question.length);
                out.write(question);
            }
            socket.shutdownOutput();
            // Then
            var in = new DataInputStream(socket.getInputStream());
            for (int i = 0; i < 2; i++) {
                byte[] answer = in.readNBytes(in.readUnsignedShort());
                assertThat(Questions.read(answer, question).address()).contains("127.64.0.9");
            }
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void whoAsksWhileTooManyWaitIsToldToTryAgain() throws IOException {
        // Given
        address = new CompletableFuture<>();
        DnsPort busy = DnsPort.open(
                loops,
                ANY,
                false,
                new OwnNames(config, (callee, ports) -> address, () -> Instant.EPOCH),
                new DnsLimits(8, 1),
                metrics);
        byte[] question = Questions.plain("checkout.shop.svc.clusterset.local", Questions.A);
        try (var socket = new DatagramSocket()) {
            socket.setSoTimeout(10_000);
            // When
            socket.send(new DatagramPacket(question, question.length, busy.address()));
            socket.send(new DatagramPacket(question, question.length, busy.address()));
            // Then
            assertThat(received(socket, question).rcode()).isEqualTo(2);
            // When
            address.complete(Optional.of((Inet4Address) InetAddress.ofLiteral("127.64.0.9")));
            // Then
            assertThat(received(socket, question).address()).contains("127.64.0.9");
        } finally {
            busy.close();
        }
    }

    private static Questions.Answer received(DatagramSocket socket, byte[] question) throws IOException {
        var answer = new DatagramPacket(new byte[1_500], 1_500);
        socket.receive(answer);
        return Questions.read(Arrays.copyOf(answer.getData(), answer.getLength()), question);
    }

    @Test
    void whoTakesNoAnswersIsNotReadAnyMore() throws IOException {
        // Given
        byte[] question = Questions.plain("checkout.shop.svc.clusterset.local", Questions.A);
        ByteBuffer many = ByteBuffer.allocate(1_000 * (question.length + 2));
        while (many.hasRemaining()) {
            many.putShort((short) question.length).put(question);
        }
        try (var client = SocketChannel.open();
                var writable = Selector.open()) {
            client.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
            client.setOption(StandardSocketOptions.SO_SNDBUF, 4_096);
            client.connect(port.address());
            client.configureBlocking(false);
            client.register(writable, SelectionKey.OP_WRITE);
            // When
            long sent = 0;
            while (sent < MORE_THAN_BUFFERS && writable.select(1_000) > 0) {
                writable.selectedKeys().clear();
                if (!many.hasRemaining()) {
                    many.rewind();
                }
                sent += client.write(many);
            }
            // Then
            assertThat(sent).isLessThan(MORE_THAN_BUFFERS);
        }
    }

    @Test
    void oneClientDoesNotGetAllStreams() throws IOException {
        // Given
        var open = new ArrayList<Socket>();
        for (int i = 0; i < 2; i++) { // a quarter of 8
            open.add(new Socket(port.address().getAddress(), port.address().getPort()));
            assertThat(answered(open.getLast())).isTrue();
        }
        // When, then
        try (var third = new Socket(port.address().getAddress(), port.address().getPort())) {
            assertThat(answered(third)).isFalse();
        }
        assertThat(metrics.text()).contains("tombolo_faults_total{code=\"TB-2023\"} 1");
        // Given
        for (Socket socket : open) {
            socket.shutdownOutput();
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            socket.close();
        }
        // When, then
        Awaitility.await("a place again").until(() -> {
            try (var next =
                    new Socket(port.address().getAddress(), port.address().getPort())) {
                return answered(next);
            }
        });
    }

    private static boolean answered(Socket socket) throws IOException {
        byte[] question = Questions.plain("checkout.shop.svc.clusterset.local", Questions.A);
        socket.setSoTimeout(10_000);
        try {
            var out = new DataOutputStream(socket.getOutputStream());
            out.writeShort(question.length);
            out.write(question);
            var in = new DataInputStream(socket.getInputStream());
            return Questions.read(in.readNBytes(in.readUnsignedShort()), question)
                    .address()
                    .isPresent();
        } catch (IOException closed) {
            return false;
        }
    }

    @Test
    void aStreamThatAnnouncesTooMuchIsClosed() throws IOException {
        try (var socket = new Socket(port.address().getAddress(), port.address().getPort())) {
            // Given
            socket.setSoTimeout(10_000);
            // When
            new DataOutputStream(socket.getOutputStream()).writeShort(60_000);
            // Then
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }
}
