package io.tombolo.dataplane.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One message on its way out on one stream. Its head waits until it is known whether anything follows: an answer that is all
 * trailers must not become one with an empty body (gRPC's "Trailers-Only"). On the connection's loop.
 */
public final class Outgoing {
    private static final int UNKNOWN = -1;

    private final Http2Codec codec;
    private final IntSupplier id;
    private final Runnable notOpened;
    private int stream = UNKNOWN;
    private @Nullable Http2Headers head;
    private boolean ended;

    /**
     * @param id        makes the stream's number, when the first frame is written: numbers must go out in their order
     * @param notOpened runs if there is no room for the stream, or its connection goes away: nothing of it was sent
     */
    public Outgoing(Http2Codec codec, IntSupplier id, Runnable notOpened) {
        this.codec = codec;
        this.id = id;
        this.notOpened = notOpened;
    }

    /** The stream's number, or less than 0 while nothing was written. */
    public int stream() {
        return stream;
    }

    /** Whether everything was written. */
    public boolean isEnded() {
        return ended;
    }

    /** The message's head. */
    public void head(Http2Headers list) {
        head = list;
    }

    /** Status 1xx: goes out at once, more heads follow. */
    public void interim(Http2Headers list) {
        headers(list, false);
    }

    /** A part of the body, which this takes over. */
    public void content(HttpContent content) {
        if (ended) {
            content.release();
            return;
        }
        boolean last = content instanceof LastHttpContent;
        boolean trailers =
                last && !((LastHttpContent) content).trailingHeaders().isEmpty();
        ByteBuf bytes = content.content();
        boolean onlyEnd = last && !trailers && !bytes.isReadable();
        if (onlyEnd && head != null) {
            bytes.release();
            pending(true);
            return;
        }
        pending(false);
        if (bytes.isReadable() || onlyEnd) {
            data(bytes, last && !trailers);
        } else {
            bytes.release();
        }
        if (trailers) {
            headers(HeadersOut.trailers(((LastHttpContent) content).trailingHeaders()), true);
        }
    }

    /** Nothing more for the moment. */
    public void flush() {
        pending(false);
        codec.flushSoon();
    }

    /** Whether the other side and the network take more. */
    public boolean isWritable() {
        var open = stream == UNKNOWN ? null : codec.connection().stream(stream);
        return open == null || codec.encoder().flowController().isWritable(open);
    }

    /** Whether bytes of it lie here that the other side does not take. */
    public boolean waits() {
        var open = stream == UNKNOWN ? null : codec.connection().stream(stream);
        return open != null
                && codec.encoder().flowController().hasFlowControlled(open)
                && !codec.encoder().flowController().isWritable(open);
    }

    private void pending(boolean endStream) {
        Http2Headers list = head;
        if (list != null) {
            head = null;
            headers(list, endStream);
        }
    }

    private void headers(Http2Headers list, boolean endStream) {
        ChannelHandlerContext ctx = codec.context();
        int number = number();
        codec.encoder()
                .writeHeaders(ctx, number, list, 0, endStream, ctx.newPromise())
                .addListener(written -> {
                    if (!written.isSuccess() && !codec.connection().streamMayHaveExisted(number)) {
                        notOpened.run();
                    }
                });
        ended |= endStream;
    }

    private void data(ByteBuf bytes, boolean endStream) {
        ChannelHandlerContext ctx = codec.context();
        codec.encoder().writeData(ctx, number(), bytes, 0, endStream, ctx.newPromise());
        ended |= endStream;
    }

    private int number() {
        if (stream == UNKNOWN) {
            stream = id.getAsInt();
        }
        return stream;
    }
}
