package io.tombolo.dataplane.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import io.tombolo.dataplane.fixture.Pair;
import io.tombolo.dataplane.fixture.TestCluster;
import io.tombolo.dataplane.loop.Loops;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.Alpn;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.name.Sni;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.trustbundle.bundle.BundleSet;
import io.tombolo.trustbundle.svid.Svid;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MeshTlsTest {
    private static final TestCluster EAST = new TestCluster("east");
    private static final TestCluster WEST = new TestCluster("west");
    private static final Sni NAME = Sni.Service.any(
            new ServicePort(new ServiceName("shop", "checkout"), 80), WEST.id(), TestCluster.FEDERATION);
    private static final List<Alpn> BOTH = List.of(Alpn.H2, Alpn.HTTP_1_1);
    private static Loops loops;

    private final AtomicReference<BundleSet> bundles =
            new AtomicReference<>(BundleSet.of(List.of(EAST.bundle(), WEST.bundle())));
    private final AtomicReference<Svid> callerSvid = new AtomicReference<>(EAST.workload("caller"));

    @BeforeAll
    static void open() {
        loops = Loops.open(2);
    }

    @AfterAll
    static void close() {
        loops.close();
    }

    @ParameterizedTest
    @EnumSource
    void bothSidesLearnWhoTheOtherOneIs(TlsEngine engine) throws Exception {
        // When
        Handshake hands = shake(engine, BOTH, List.of(Alpn.HTTP_1_1), Set.of(WEST.workloadId("checkout")));
        // Then
        assertThat(hands.client().get(5, TimeUnit.SECONDS).peer().id()).isEqualTo(WEST.workloadId("checkout"));
        Established atServer = hands.server().get(5, TimeUnit.SECONDS);
        assertThat(atServer.peer().id()).isEqualTo(EAST.workloadId("caller"));
        assertThat(atServer.serverName()).contains(NAME.toString());
        assertThat(atServer.alpn()).contains(Alpn.HTTP_1_1);
        assertThat(Established.of(hands.pair().server())).isSameAs(atServer);
        String group = KeyGroupPeek.of(hands.pair().server());
        assertThat(group).isIn("x25519", "secp256r1", "X25519MLKEM768");
        assertThat(KeyGroupPeek.of(hands.pair().client())).isEqualTo(group);
        assertThat(hands.pair().client().pipeline().get(KeyGroupPeek.class)).isNull();
        assertThat(hands.pair().server().pipeline().get(KeyGroupPeek.class)).isNull();
        hands.close();
    }

    @ParameterizedTest
    @EnumSource
    void wrongServerOfTheRightClusterGetsNoByte(TlsEngine engine) throws Exception {
        // When
        Handshake hands = shake(engine, BOTH, BOTH, Set.of(WEST.workloadId("another")));
        // Then
        assertThatThrownBy(() -> hands.client().get(5, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        TomboloException.class, e -> assertThat(e.fault()).isEqualTo(Fault.WRONG_SERVER));
        assertThat(hands.read().get(5, TimeUnit.SECONDS)).isEmpty();
        hands.close();
    }

    @ParameterizedTest
    @EnumSource
    void aStrangersTrustDomainIsNamed(TlsEngine engine) throws Exception {
        // Given
        bundles.set(BundleSet.of(List.of(WEST.bundle())));
        // When
        Handshake hands = shake(engine, BOTH, BOTH, Set.of(WEST.workloadId("checkout")));
        // Then
        assertThatThrownBy(() -> hands.server().get(5, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        TomboloException.class, e -> assertThat(e.fault()).isEqualTo(Fault.UNKNOWN_TRUST_DOMAIN));
        hands.close();
    }

    @ParameterizedTest
    @EnumSource
    void aRenewedSvidIsShownAtTheNextHandshake(TlsEngine engine) throws Exception {
        // Given
        MeshTls caller = tls(engine, callerSvid::get);
        shake(caller, engine).close();
        // When
        Svid renewed = EAST.workload("caller");
        callerSvid.set(renewed);
        Handshake hands = shake(caller, engine);
        // Then
        assertThat(hands.server().get(5, TimeUnit.SECONDS).peer().serial()).isEqualTo(renewed.serial());
        hands.close();
    }

    @ParameterizedTest
    @EnumSource
    void anEvictedClusterIsRefusedAtTheNextHandshakeThoughItHadASession(TlsEngine engine) throws Exception {
        // Given
        MeshTls caller = tls(engine, callerSvid::get);
        MeshTls server = tls(engine, () -> SERVER);
        shake(caller, server, BOTH, BOTH, Set.of(WEST.workloadId("checkout"))).close();
        // When
        bundles.set(BundleSet.of(List.of(WEST.bundle())));
        Handshake hands = shake(caller, server, BOTH, BOTH, Set.of(WEST.workloadId("checkout")));
        // Then
        assertThatThrownBy(() -> hands.server().get(5, TimeUnit.SECONDS)).hasMessageContaining("TB-5002");
        hands.close();
    }

    @ParameterizedTest
    @EnumSource
    void withoutACommonProtocolTheCallerSeesNone(TlsEngine engine) throws Exception {
        // When
        Handshake hands = shake(engine, List.of(Alpn.TOMBOLO_CTL), BOTH, Set.of(WEST.workloadId("checkout")));
        // Then
        assertThat(hands.client().get(5, TimeUnit.SECONDS).alpn()).isEmpty();
        hands.close();
    }

    @ParameterizedTest
    @EnumSource
    void bytesArriveAfterTheHandshake(TlsEngine engine) throws Exception {
        // Given
        Handshake hands = shake(engine, BOTH, BOTH, Set.of(WEST.workloadId("checkout")));
        hands.client().get(5, TimeUnit.SECONDS);
        // When
        hands.pair()
                .client()
                .writeAndFlush(Unpooled.copiedBuffer("hello", StandardCharsets.US_ASCII))
                .sync();
        hands.pair().client().close().sync();
        // Then
        assertThat(hands.read().get(5, TimeUnit.SECONDS)).isEqualTo("hello");
        hands.close();
    }

    private static final Svid SERVER = WEST.workload("checkout");

    private MeshTls tls(TlsEngine engine, java.util.function.Supplier<Svid> svid) {
        return new MeshTls(svid, bundles::get, InstantSource.system(), engine, Duration.ofSeconds(5));
    }

    private Handshake shake(TlsEngine engine, List<Alpn> offered, List<Alpn> spoken, Set<SpiffeId> expected)
            throws Exception {
        return shake(tls(engine, callerSvid::get), tls(engine, () -> SERVER), offered, spoken, expected);
    }

    private Handshake shake(MeshTls caller, TlsEngine engine) throws Exception {
        Handshake hands = shake(caller, tls(engine, () -> SERVER), BOTH, BOTH, Set.of(WEST.workloadId("checkout")));
        hands.client().get(5, TimeUnit.SECONDS);
        return hands;
    }

    private static Handshake shake(
            MeshTls caller, MeshTls server, List<Alpn> offered, List<Alpn> spoken, Set<SpiffeId> expected)
            throws Exception {
        Pair pair = Pair.connect(loops);
        var read = new CompletableFuture<String>();
        Future<Established> atServer = on(pair.server(), () -> {
            Future<Established> established = server.server(pair.server(), spoken);
            pair.server().pipeline().addLast(new Collect(read));
            pair.server().config().setAutoRead(true);
            return established;
        });
        Future<Established> atClient = on(pair.client(), () -> {
            Future<Established> established = caller.client(pair.client(), NAME, offered, expected);
            pair.client().config().setAutoRead(true);
            return established;
        });
        return new Handshake(pair, atClient, atServer, read);
    }

    private static <T> T on(Channel channel, Callable<T> task) throws Exception {
        return channel.eventLoop().submit(task).get(5, TimeUnit.SECONDS);
    }

    private record Handshake(
            Pair pair, Future<Established> client, Future<Established> server, CompletableFuture<String> read) {
        void close() throws InterruptedException {
            pair.client().close().sync();
            pair.server().close().sync();
        }
    }

    /** Everything that the server's application would read until the end. */
    private static final class Collect extends ChannelInboundHandlerAdapter {
        private final StringBuilder text = new StringBuilder();
        private final CompletableFuture<String> read;

        Collect(CompletableFuture<String> read) {
            this.read = read;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            text.append(bytes.toString(StandardCharsets.US_ASCII));
            bytes.release();
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            read.complete(text.toString());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            read.complete(text.toString());
        }
    }
}
