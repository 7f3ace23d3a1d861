package io.tombolo.dataplane.hello;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.tombolo.model.setting.Setting;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Says no in one way: the fatal alert unrecognized_name (RFC 8446 §6.2), after a delay that is drawn from the same range
 * whatever the reason, and the connection's end. A stranger learns neither which names exist nor what is broken.
 * @param least shortest delay; 0 to 10 s
 * @param most  longest delay; least to 10 s
 */
public record Refusal(Duration least, Duration most) {
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** Long enough to hide our own work, short enough not to keep connections. */
    public static final Refusal DEFAULT = new Refusal(Duration.ofMillis(50), Duration.ofMillis(150));

    /** Alert record, TLS 1.2 as its legacy version, fatal, unrecognized_name. */
    private static final byte[] ALERT = {21, 3, 3, 0, 2, 2, 112};

    public Refusal {
        Setting.check(
                !least.isNegative() && least.compareTo(most) <= 0, "hello.refuse-after-min", least, "0 to " + most);
        Setting.check(most.compareTo(LONGEST) <= 0, "hello.refuse-after-max", most, "up to 10s");
    }

    /** Refuses the connection; what still comes in is thrown away. On the channel's loop. */
    public void refuse(Channel channel) {
        channel.pipeline().addLast(new Sink());
        channel.config().setAutoRead(true);
        var alert = channel.eventLoop().schedule(() -> say(channel), delayNanos(), TimeUnit.NANOSECONDS);
        channel.closeFuture().addListener(closed -> alert.cancel(false));
    }

    /**
     * The same where TLS is up and the other side has said who it is: the connection ends after a delay out of the same range, and
     * that is all it hears. On the channel's loop.
     */
    public void hangUp(Channel channel) {
        channel.pipeline().addLast(new Sink());
        channel.config().setAutoRead(true);
        var end = channel.eventLoop().schedule(() -> channel.close(), delayNanos(), TimeUnit.NANOSECONDS);
        channel.closeFuture().addListener(closed -> end.cancel(false));
    }

    private long delayNanos() {
        return ThreadLocalRandom.current().nextLong(least.toNanos(), most.toNanos() + 1);
    }

    private static void say(Channel channel) {
        channel.writeAndFlush(Unpooled.wrappedBuffer(ALERT)).addListener(ChannelFutureListener.CLOSE);
    }

    /** So that unread bytes do not turn the alert into a reset. */
    @ChannelHandler.Sharable
    private static final class Sink extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ReferenceCountUtil.release(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
