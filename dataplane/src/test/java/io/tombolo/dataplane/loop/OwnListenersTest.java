package io.tombolo.dataplane.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OwnListenersTest {
    private final Loops loops = Loops.open(1);

    @AfterEach
    void close() {
        loops.close();
    }

    @Test
    void aPortIsOursOnlyOnTheAddressThatIsListenedOnAndWhileItIs() throws Exception {
        // Given
        Channel listener = listen("127.0.0.1", 0, false).orElseThrow();
        int port = ((InetSocketAddress) listener.localAddress()).getPort();
        // Then
        assertThat(loops.listeners().has(at("127.0.0.1", port))).isTrue();
        assertThat(loops.listeners().has(at("127.0.0.2", port))).isFalse();
        assertThat(loops.listeners().has(at("127.0.0.1", port + 1))).isFalse();
        assertThat(loops.apart().listeners().has(at("127.0.0.1", port))).isFalse();
        // When
        listener.close().sync();
        // Then
        assertThat(loops.listeners().has(at("127.0.0.1", port))).isFalse();
    }

    @Test
    void aListenerOnEveryAddressIsOursOnEachOfThem() throws Exception {
        // Given
        Channel listener = listen("0.0.0.0", 0, false).orElseThrow();
        int port = ((InetSocketAddress) listener.localAddress()).getPort();
        // Then
        assertThat(loops.listeners().has(at("127.0.0.5", port))).isTrue();
        listener.close().sync();
    }

    @Test
    void aTakenPortIsLeftToItsOwnerAndTheNextOneTakenIfThatIsAllowed() throws Exception {
        // Given
        Channel first = listen("127.0.0.1", 0, false).orElseThrow();
        int port = ((InetSocketAddress) first.localAddress()).getPort();
        // When
        Optional<Channel> same = listen("127.0.0.1", port, false);
        Optional<Channel> next = listen("127.0.0.1", port, true);
        // Then
        assertThat(same).isEmpty();
        assertThat(((InetSocketAddress) next.orElseThrow().localAddress()).getPort())
                .isGreaterThan(port);
        first.close().sync();
        next.orElseThrow().close().sync();
    }

    private Optional<Channel> listen(String host, int port, boolean orNext) throws Exception {
        ServerBootstrap server = loops.server().childHandler(new ChannelInboundHandlerAdapter());
        return loops.listen(server, at(host, port), orNext);
    }

    private static InetSocketAddress at(String host, int port) throws Exception {
        return new InetSocketAddress(InetAddress.getByName(host), port);
    }
}
