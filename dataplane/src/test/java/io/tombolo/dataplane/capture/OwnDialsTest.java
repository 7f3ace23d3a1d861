package io.tombolo.dataplane.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnDialsTest {
    private static final InetSocketAddress THERE = new InetSocketAddress("127.0.0.1", 80);

    @Test
    void aDialIsKnownOfByItsDestinationWhileItsOwnEndIsNotKnownYet() {
        // Given
        var own = new OwnDials();
        List<Boolean> seen = new ArrayList<>();
        var system = new ChannelOutboundHandlerAdapter() {
            @Override
            public void connect(
                    ChannelHandlerContext context, SocketAddress remote, SocketAddress local, ChannelPromise promise) {
                seen.add(own.isAsked(THERE));
                promise.setSuccess();
            }
        };
        var channel = new EmbeddedChannel(system, own);
        assertThat(own.isAsked(THERE)).isFalse();
        // When
        channel.connect(THERE);
        // Then
        assertThat(seen).containsExactly(true);
        assertThat(own.isAsked(THERE)).isFalse();
        assertThat(own.has(channel.localAddress())).isTrue();
        // When
        channel.close();
        // Then
        assertThat(own.has(channel.localAddress())).isFalse();
    }
}
