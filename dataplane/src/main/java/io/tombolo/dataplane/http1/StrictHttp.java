package io.tombolo.dataplane.http1;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.ReferenceCountUtil;
import io.tombolo.dataplane.flow.ReadGate;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Stands before Netty's HTTP codec. Passes on what is well formed, one message at a time; what belongs to the next message is
 * held until {@link #next}. A flaw is fired as {@link Flawed} and nothing is read after it. When the protocol changes, take
 * this handler out: what it holds goes on to the handler behind it. On the channel's loop only.
 */
public final class StrictHttp extends ChannelInboundHandlerAdapter {
    /** The event that says that the connection is no longer in step. */
    public record Flawed(HttpFlaw flaw) {}

    /** The event that says that nothing came for longer than the idle timeout, between messages. */
    public record Idle() {}

    private static final int MAX_HELD_BYTES = 64 * 1_024;
    private static final int SWITCHING_PROTOCOLS = 101;

    private enum Phase {
        HEAD,
        LENGTH,
        CHUNKS,
        UNTIL_CLOSE,
        HELD,
        SWITCHING,
        OVER
    }

    private final HttpLimits limits;
    private final boolean requests;
    private final LineScan lines = new LineScan();
    private final ChunkScan chunks = new ChunkScan();
    private final Patience patience;
    private Phase phase;
    private long left;
    private int interimBytes;
    private String method = "";
    private boolean mayLead = true;
    private boolean advancing;
    private @Nullable ByteBuf held;
    private @Nullable ChannelHandlerContext context;

    private StrictHttp(HttpLimits limits, boolean requests) {
        this.limits = limits;
        this.requests = requests;
        this.phase = requests ? Phase.HEAD : Phase.HELD;
        this.patience = new Patience(limits);
    }

    /** For a connection that clients send requests on; the first one needs no {@link #next}. */
    public static StrictHttp forRequests(HttpLimits limits) {
        return new StrictHttp(limits, true);
    }

    /** For a connection that answers come back on; bytes that no {@link #next} asked for are a flaw. */
    public static StrictHttp forResponses(HttpLimits limits) {
        return new StrictHttp(limits, false);
    }

    /**
     * Lets the next message through.
     * @param requestMethod for responses: of the request that is answered; else ignored
     */
    public void next(String requestMethod) {
        if (phase == Phase.HELD) {
            method = requestMethod;
            phase = Phase.HEAD;
            mayLead = true;
            interimBytes = 0;
            lines.reset();
            resume();
        }
    }

    /** Whether more has come than belongs to the message that is being passed on. */
    public boolean hasMore() {
        return held != null && held.isReadable();
    }

    private void resume() {
        if (context != null) {
            ReadGate.of(context.channel()).go(ReadGate.Reason.NOT_YET_ITS_TURN);
            advance(context);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        patience.start(ctx, this::outOfPatience);
        watch();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        patience.stop();
        if (held != null) {
            ByteBuf rest = held;
            held = null;
            ctx.fireChannelRead(rest);
            ctx.fireChannelReadComplete();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            ctx.fireChannelRead(message);
        } else if (phase == Phase.OVER) {
            bytes.release();
        } else {
            held = held == null ? bytes : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), held, bytes);
            patience.progress();
            advance(ctx);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        patience.stop();
        drop();
        ctx.fireChannelInactive();
    }

    private void advance(ChannelHandlerContext ctx) {
        if (advancing) {
            return;
        }
        advancing = true;
        try {
            while (held != null && held.isReadable() && step(ctx, held)) {
                // one part of a message after the other
            }
        } catch (FlawException flawed) {
            flaw(ctx, flawed.flaw());
        } finally {
            advancing = false;
        }
        if (held != null && !held.isReadable()) {
            drop();
        }
        watch();
    }

    /** Passes on one part; false when more must arrive or the next message must wait. */
    private boolean step(ChannelHandlerContext ctx, ByteBuf bytes) {
        return switch (phase) {
            case HEAD -> head(ctx, bytes);
            case LENGTH -> length(ctx, bytes);
            case CHUNKS -> chunks(ctx, bytes);
            case UNTIL_CLOSE -> pass(ctx, bytes, bytes.readableBytes());
            case HELD -> hold(ctx, bytes);
            case SWITCHING, OVER -> false;
        };
    }

    private boolean head(ChannelHandlerContext ctx, ByteBuf bytes) {
        if (requests && mayLead && !skipEmptyLine(bytes)) {
            return false;
        }
        int end = lines.end(bytes, limits.maxHeadBytes(), false, HttpFlaw.HEAD_TOO_LARGE);
        if (end < 0) {
            return false;
        }
        int behind = bytes.readerIndex() + end;
        if (requests) {
            begin(HeadCheck.request(bytes, behind, limits.maxFields()), Phase.HELD);
        } else {
            answer(bytes, behind);
        }
        return pass(ctx, bytes, end + wholeBody(bytes.readableBytes() - end));
    }

    /** A body that came with its head, and nothing behind it, is passed on with it. */
    private int wholeBody(int behind) {
        if (phase != Phase.LENGTH || left != behind) {
            return 0;
        }
        left = 0;
        phase = Phase.HELD;
        return behind;
    }

    /** RFC 9112 §2.2: one empty line before a request is forgiven. False when that cannot be told yet. */
    private boolean skipEmptyLine(ByteBuf bytes) {
        int at = bytes.readerIndex();
        if (bytes.getByte(at) == '\r') {
            if (bytes.readableBytes() == 1) {
                return false;
            }
            if (bytes.getByte(at + 1) == '\n') {
                bytes.skipBytes(2);
            }
        }
        mayLead = false;
        return bytes.isReadable();
    }

    private void answer(ByteBuf bytes, int behind) {
        Framing framing = HeadCheck.response(bytes, behind, limits.maxFields(), method);
        int lineEnd = FieldCheck.lineEnd(bytes, bytes.readerIndex(), behind);
        int status = HeadCheck.status(
                bytes.toString(bytes.readerIndex(), lineEnd - bytes.readerIndex(), StandardCharsets.ISO_8859_1));
        boolean interim = status < 200 && status != SWITCHING_PROTOCOLS;
        interimBytes += interim ? behind - bytes.readerIndex() : 0;
        if (interimBytes > limits.maxHeadBytes()) {
            throw new FlawException(HttpFlaw.HEAD_TOO_LARGE);
        }
        Phase afterwards = interim ? Phase.HEAD : Phase.HELD;
        begin(framing, status == SWITCHING_PROTOCOLS ? Phase.SWITCHING : afterwards);
    }

    private void begin(Framing framing, Phase afterwards) {
        lines.reset();
        switch (framing) {
            case Framing.None none -> phase = afterwards;
            case Framing.Length length -> {
                phase = Phase.LENGTH;
                left = length.bytes();
            }
            case Framing.Chunked chunked -> {
                phase = Phase.CHUNKS;
                chunks.reset();
            }
            case Framing.UntilClose untilClose -> phase = Phase.UNTIL_CLOSE;
        }
    }

    private boolean length(ChannelHandlerContext ctx, ByteBuf bytes) {
        int part = (int) Math.min(left, bytes.readableBytes());
        left -= part;
        if (left == 0) {
            phase = Phase.HELD;
        }
        return pass(ctx, bytes, part);
    }

    private boolean chunks(ChannelHandlerContext ctx, ByteBuf bytes) {
        int part = chunks.scan(bytes, limits);
        if (chunks.done()) {
            phase = Phase.HELD;
        }
        return part > 0 && pass(ctx, bytes, part);
    }

    private boolean hold(ChannelHandlerContext ctx, ByteBuf bytes) {
        if (!requests) {
            throw new FlawException(HttpFlaw.UNASKED);
        }
        if (bytes.readableBytes() > MAX_HELD_BYTES) {
            ReadGate.of(ctx.channel()).hold(ReadGate.Reason.NOT_YET_ITS_TURN);
        }
        return false;
    }

    private boolean pass(ChannelHandlerContext ctx, ByteBuf bytes, int length) {
        if (length == bytes.readableBytes()) {
            held = null; // all of it: most messages arrive in one piece
            ctx.fireChannelRead(bytes);
        } else {
            ctx.fireChannelRead(bytes.readRetainedSlice(length));
        }
        return true;
    }

    private void flaw(ChannelHandlerContext ctx, HttpFlaw flaw) {
        phase = Phase.OVER;
        patience.stop();
        drop();
        ctx.fireUserEventTriggered(new Flawed(flaw));
    }

    private void watch() {
        patience.await(
                switch (phase) {
                    case HEAD -> waitingForHead();
                    case LENGTH, CHUNKS, UNTIL_CLOSE -> Patience.For.BODY;
                    case HELD, SWITCHING, OVER -> Patience.For.NOTHING;
                });
    }

    private Patience.For waitingForHead() {
        if (held != null) {
            return Patience.For.HEAD;
        }
        return requests ? Patience.For.REQUEST : Patience.For.NOTHING;
    }

    private void outOfPatience(Patience.For what) {
        ChannelHandlerContext ctx = context;
        if (ctx == null) {
            return;
        }
        switch (what) {
            case NOTHING -> {
                // cannot be: nothing is waited for
            }
            case REQUEST -> ctx.fireUserEventTriggered(new Idle());
            case HEAD -> flaw(ctx, HttpFlaw.HEAD_TOO_SLOW);
            case BODY -> flaw(ctx, HttpFlaw.BODY_TOO_SLOW);
        }
    }

    private void drop() {
        ReferenceCountUtil.release(held);
        held = null;
    }
}
