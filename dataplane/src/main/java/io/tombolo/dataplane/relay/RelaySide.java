package io.tombolo.dataplane.relay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.tombolo.dataplane.flow.FramedOutput;
import io.tombolo.dataplane.splice.Splicing;
import java.util.concurrent.TimeUnit;

/** One direction: what this side's channel reads goes to the other one. */
final class RelaySide extends ChannelInboundHandlerAdapter {
    private final Relay relay;
    private final Channel channel;
    private final Channel other;
    private final BulkPath bulk;
    private boolean done;
    private long bytesRead;

    RelaySide(Relay relay, Channel channel, Channel other, Splicing splicing) {
        this.relay = relay;
        this.channel = channel;
        this.other = other;
        this.bulk = new BulkPath(splicing, channel, other);
    }

    Channel channel() {
        return channel;
    }

    boolean isDone() {
        return done;
    }

    long bytesRead() {
        return bytesRead;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf bytes) || done) {
            ReferenceCountUtil.release(message);
            return;
        }
        boolean large = bulk.isLarge(bytes);
        passOn(bytes);
        if (large) {
            Splicing.Moved moved = bulk.moveOn();
            bytesRead += moved.bytes();
            if (moved.waiting().isReadable()) {
                passOn(moved.waiting());
            }
        }
        if (!other.isWritable()) {
            other.flush();
            pauseWhileFull();
        }
    }

    private void passOn(ByteBuf bytes) {
        bytesRead += bytes.readableBytes();
        relay.bytesMoved();
        other.write(bytes, other.voidPromise());
    }

    private void pauseWhileFull() {
        if (!other.isWritable()) {
            channel.config().setAutoRead(false);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        other.flush();
        bulk.turnOver();
    }

    /** This channel can take more: the other one may read again. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (channel.isWritable()) {
            relay.bytesMoved();
            other.config().setAutoRead(true);
        }
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE || event instanceof SslCloseCompletionEvent) {
            passOnHalfClose();
        }
        ctx.fireUserEventTriggered(event);
    }

    private void passOnHalfClose() {
        if (done) {
            return;
        }
        done = true;
        other.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((ChannelFutureListener) written -> {
            if (written.isSuccess()) {
                endOutput();
            }
            relay.directionDone();
        });
    }

    /** Under TLS the end of a direction is said by close_notify; a bare FIN would look like a truncation. */
    private void endOutput() {
        FramedOutput framed = other.pipeline().get(FramedOutput.class);
        if (framed != null) {
            framed.endOutput();
            return;
        }
        SslHandler tls = other.pipeline().get(SslHandler.class);
        if (tls != null) {
            tls.closeOutbound();
        } else if (other instanceof DuplexChannel duplex && other.isActive()) {
            duplex.shutdownOutput();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        relay.broke(this, false);
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        relay.broke(this, true);
    }

    /** Closes this side's channel, after what waits was written unless {@code abruptly}. */
    void finish(boolean abruptly) {
        if (abruptly || !channel.isActive()) {
            channel.close();
        } else {
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            long within = relay.limits().flush().toNanos();
            var late = channel.eventLoop().schedule(this::notTaken, within, TimeUnit.NANOSECONDS);
            channel.closeFuture().addListener(closed -> late.cancel(false));
        }
    }

    /** Who does not take what is left loses it. */
    private void notTaken() {
        relay.limits().notTaken().increment();
        channel.close();
    }
}
