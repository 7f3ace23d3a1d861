package io.tombolo.benchmarks.load;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * One HTTP/2 message that is sent again and again.
 * @param head     its header list
 * @param body     empty = none
 * @param trailers end it, if there are some
 */
record Http2Message(HeaderBlock head, byte[] body, Optional<HeaderBlock> trailers) {
    private static final int FRAME_HEADER = 9;
    private static final int GET = 2;
    private static final int POST = 3;
    private static final int PATH = 4;
    private static final int SCHEME_HTTP = 6;
    private static final int STATUS_200 = 8;
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    /** What asks. */
    static Http2Message request(Wire wire) {
        return wire == Wire.GRPC ? call() : get();
    }

    private static Http2Message get() {
        HeaderBlock head = new HeaderBlock.Builder()
                .known(GET)
                .known(SCHEME_HTTP)
                .field(":authority", "checkout.shop")
                .spelled(PATH, "/api/v1/carts/7f3a")
                .field("user-agent", "shop-frontend/1.4")
                .field("accept", "application/json")
                .field("accept-encoding", "gzip")
                .field("traceparent", TRACE)
                .build(0);
        return new Http2Message(head, new byte[0], Optional.empty());
    }

    private static Http2Message call() {
        HeaderBlock head = new HeaderBlock.Builder()
                .known(POST)
                .known(SCHEME_HTTP)
                .field(":authority", "checkout.shop")
                .spelled(PATH, "/shop.Carts/Get")
                .field("te", "trailers")
                .field("content-type", "application/grpc")
                .field("user-agent", "grpc-java-netty/1.79.0")
                .field("grpc-accept-encoding", "gzip")
                .field("traceparent", TRACE)
                .build(0);
        return new Http2Message(head, message(32), Optional.empty());
    }

    /** What answers. */
    static Http2Message answer(Wire wire) {
        var head = new HeaderBlock.Builder().known(STATUS_200).field("date", "Thu, 26 Nov 2026 08:00:00 GMT");
        if (wire == Wire.GRPC) {
            HeaderBlock trailers =
                    new HeaderBlock.Builder().field("grpc-status", "0").build(0);
            head.field("content-type", "application/grpc");
            return new Http2Message(head.build(1), message(wire.answerBytes()), Optional.of(trailers));
        }
        head.field("content-type", "application/json")
                .field("cache-control", "no-store")
                .field("content-length", Integer.toString(wire.answerBytes()));
        return new Http2Message(head.build(0), new byte[wire.answerBytes()], Optional.empty());
    }

    /** gRPC's five bytes before a message, both together of that length. */
    private static byte[] message(int length) {
        byte[] bytes = new byte[length];
        bytes[4] = (byte) (length - 5);
        return bytes;
    }

    /** Writes its frames. */
    void write(ByteBuf out, int stream, boolean first) {
        boolean more = body.length > 0;
        headers(out, head, stream, first, !more);
        if (more) {
            frame(out, body.length, 0, trailers.isEmpty() ? Http2Peer.END_STREAM : 0, stream);
            out.writeBytes(body);
        }
        trailers.ifPresent(its -> headers(out, its, stream, first, true));
    }

    private static void headers(ByteBuf out, HeaderBlock block, int stream, boolean first, boolean end) {
        byte[] bytes = first ? block.first() : block.next();
        frame(out, bytes.length, 1, Http2Peer.END_HEADERS | (end ? Http2Peer.END_STREAM : 0), stream);
        out.writeBytes(bytes);
    }

    static void frame(ByteBuf out, int length, int type, int flags, int stream) {
        out.writeMedium(length).writeByte(type).writeByte(flags).writeInt(stream);
    }

    /** Most that {@link #write} writes. */
    int size() {
        int end = trailers.map(block -> block.first().length + FRAME_HEADER).orElse(0);
        return head.first().length + body.length + 2 * FRAME_HEADER + end;
    }
}
