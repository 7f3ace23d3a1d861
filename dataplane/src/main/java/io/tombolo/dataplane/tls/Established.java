package io.tombolo.dataplane.tls;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.tombolo.model.name.Alpn;
import io.tombolo.trustbundle.verify.VerifiedPeer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A finished handshake: both sides have proved who they are.
 * @param peer       the other side
 * @param serverName what the client asked for, as sent; empty if it sent none
 * @param alpn       what both agreed to speak; empty if they agreed on nothing
 */
public record Established(VerifiedPeer peer, Optional<String> serverName, Optional<Alpn> alpn) {
    private static final AttributeKey<Established> KEY = AttributeKey.valueOf(Established.class, "established");

    /** What was established on {@code channel}; null before the handshake's end, and on channels without TLS. */
    public static @Nullable Established of(Channel channel) {
        return channel.attr(KEY).get();
    }

    void rememberOn(Channel channel) {
        channel.attr(KEY).set(this);
    }
}
