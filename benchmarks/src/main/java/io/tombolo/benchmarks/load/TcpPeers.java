package io.tombolo.benchmarks.load;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.tombolo.dataplane.protocol.TcpFrames;
import org.jspecify.annotations.Nullable;

/** The ends of TCP in the mesh: with our frames if both sides agreed on them, else bare bytes under TLS. */
final class TcpPeers {
    private TcpPeers() {}

    /** Puts frames before the handler of {@code ctx} if ALPN chose them. */
    static @Nullable TcpFrames frameIfAgreed(ChannelHandlerContext ctx, SslHandler tls, boolean flowing) {
        if (!"tombolo-tcp".equals(tls.applicationProtocol())) {
            return null;
        }
        var frames = new TcpFrames(flowing);
        ctx.pipeline().addBefore(ctx.name(), null, frames);
        return frames;
    }

    /** The application's end, which as a mesh peer opens what comes. */
    static final class Opener extends ChannelInboundHandlerAdapter {
        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
                TcpFrames frames = frameIfAgreed(ctx, ctx.pipeline().get(SslHandler.class), false);
                if (frames != null) {
                    frames.open();
                }
            }
            ctx.fireUserEventTriggered(event);
        }
    }
}
