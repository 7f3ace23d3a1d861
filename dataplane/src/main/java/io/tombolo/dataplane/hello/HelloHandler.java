package io.tombolo.dataplane.hello;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import io.tombolo.dataplane.accept.Accepted;
import io.tombolo.model.fault.Fault;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads until the ClientHello is whole, then pauses the channel and takes itself out of the way. Ends in exactly one of its
 * two ways out, or in silence when the client leaves.
 */
public final class HelloHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(HelloHandler.class);

    private final Accepted accepted;
    private final HelloLimits limits;
    private final Consumer<Greeted> greeted;
    private final Consumer<Fault> refused;
    private final HelloPeek peek;
    private @Nullable ByteBuf held;
    private @Nullable ScheduledFuture<?> deadline;
    private boolean done;

    /**
     * For one connection.
     * @param greeted takes the ticket, on the connection's loop
     * @param refused takes the reason why there will be none; the channel is still open
     */
    public HelloHandler(Accepted accepted, HelloLimits limits, Consumer<Greeted> greeted, Consumer<Fault> refused) {
        this.accepted = accepted;
        this.limits = limits;
        this.greeted = greeted;
        this.refused = refused;
        this.peek = new HelloPeek(limits.maxBytes());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        deadline = ctx.channel()
                .eventLoop()
                .schedule(() -> refuse(ctx), limits.timeout().toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (done || !(message instanceof ByteBuf bytes)) {
            ReferenceCountUtil.release(message);
            return;
        }
        ByteBuf all = hold(ctx, bytes);
        switch (peek.look(all)) {
            case HelloPeek.Result.More more -> {
                // until the deadline
            }
            case HelloPeek.Result.Refused no -> refuse(ctx);
            case HelloPeek.Result.Hello(ClientHello hello) -> greet(ctx, hello, all);
        }
    }

    /** Usually the hello comes in one piece, and that piece is passed on as it is. */
    private ByteBuf hold(ChannelHandlerContext ctx, ByteBuf bytes) {
        ByteBuf before = held;
        if (before == null) {
            held = bytes;
            return bytes;
        }
        ByteBuf all = before;
        if (before.writableBytes() < bytes.readableBytes()) {
            all = ctx.alloc()
                    .buffer(Math.max(2 * before.readableBytes(), before.readableBytes() + bytes.readableBytes()));
            all.writeBytes(before);
            before.release();
        }
        all.writeBytes(bytes);
        bytes.release();
        held = all;
        return all;
    }

    private void greet(ChannelHandlerContext ctx, ClientHello hello, ByteBuf all) {
        held = null;
        finish();
        ctx.channel().config().setAutoRead(false);
        ctx.pipeline().remove(this);
        try {
            greeted.accept(new Greeted(accepted, hello, all));
        } catch (RuntimeException defect) { // nobody behind this one would end it
            LOG.warn("a connection ended by a defect", defect);
            ctx.channel().close();
        }
    }

    private void refuse(ChannelHandlerContext ctx) {
        if (done) {
            return;
        }
        finish();
        ctx.pipeline().remove(this);
        refused.accept(Fault.NO_CLIENT_HELLO);
    }

    private void finish() {
        done = true;
        if (deadline != null) {
            deadline.cancel(false);
        }
        if (held != null) {
            held.release();
            held = null;
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            refuse(ctx); // nothing more will come
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        finish();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.warn("a connection ended by a defect", cause);
        }
        ctx.close();
    }
}
