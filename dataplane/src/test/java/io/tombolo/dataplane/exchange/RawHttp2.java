package io.tombolo.dataplane.exchange;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.tombolo.dataplane.fixture.PlainHttp;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A client of HTTP/2 that sends frames as they are (RFC 9113 §4.1), its header lists never indexed (RFC 7541 §6.2.2). */
final class RawHttp2 implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int PRIORITY = 2;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;
    static final int END_STREAM = 1;
    static final int ACK = 1;
    static final int END_HEADERS = 4;

    private static final int MOMENT_MILLIS = 10;
    private static final byte[] SEEN = "was seen".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Socket socket;
    private final DataInputStream in;
    private OutputStream out;
    private final DefaultHttp2HeadersDecoder hpack = new DefaultHttp2HeadersDecoder(false);

    /** One frame as it came. */
    record Frame(int type, int flags, int stream, byte[] payload) {
        /** Of RST_STREAM, or of GOAWAY. */
        int error() {
            return ByteBuffer.wrap(payload).getInt(type == GOAWAY ? 4 : 0);
        }

        String text() {
            return new String(payload, StandardCharsets.ISO_8859_1);
        }

        boolean endsStream() {
            return (flags & END_STREAM) != 0 && (type == DATA || type == HEADERS);
        }
    }

    RawHttp2(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        out.write(PREFACE);
        frame(SETTINGS, 0, 0, new byte[0]);
    }

    void frame(int type, int flags, int stream, byte[] payload) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(9);
        head.putInt((payload.length << 8) | type).put((byte) flags).putInt(stream);
        out.write(head.array());
        out.write(payload);
        out.flush();
    }

    /** Sends everything that {@code frames} sends with one write. */
    void atOnce(Frames frames) throws IOException {
        OutputStream really = out;
        var gathered = new ByteArrayOutputStream();
        out = gathered;
        frames.send();
        out = really;
        out.write(gathered.toByteArray());
        out.flush();
    }

    /** Sends some. */
    interface Frames {
        void send() throws IOException;
    }

    /** A header list of name, value, name, value … */
    void headers(int stream, boolean endStream, String... fields) throws IOException {
        frame(HEADERS, END_HEADERS | (endStream ? END_STREAM : 0), stream, block(fields));
    }

    void get(int stream, String path) throws IOException {
        headers(stream, true, ":method", "GET", ":scheme", "http", ":authority", "checkout.shop", ":path", path);
    }

    void data(int stream, boolean endStream, String text) throws IOException {
        frame(DATA, endStream ? END_STREAM : 0, stream, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static byte[] block(String... fields) {
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < fields.length; i += 2) {
            bytes.write(0);
            text(bytes, fields[i]);
            text(bytes, fields[i + 1]);
        }
        return bytes.toByteArray();
    }

    /** Lengths below 127 fit into one byte (RFC 7541 §5.1). */
    private static void text(ByteArrayOutputStream to, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length < 127) {
            to.write(bytes.length);
        } else {
            to.write(127);
            int rest = bytes.length - 127;
            while (rest >= 128) {
                to.write(rest % 128 + 128);
                rest /= 128;
            }
            to.write(rest);
        }
        to.writeBytes(bytes);
    }

    /** The next frame. */
    Frame read() throws IOException {
        int lengthAndType = in.readInt();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        byte[] payload = in.readNBytes(lengthAndType >>> 8);
        return new Frame(lengthAndType & 0xff, flags, stream, payload);
    }

    /** The next frame of that type on that stream; what comes before it is passed over. */
    Frame await(int type, int stream) throws IOException {
        Frame frame = read();
        while (frame.type() != type || frame.stream() != stream) {
            frame = read();
        }
        return frame;
    }

    /** An answer as text: status, then what DATA said, then trailers if any; or {@code RST n}, {@code GOAWAY n}. */
    String answer(int stream) throws IOException {
        var said = new StringBuilder();
        while (true) {
            Frame frame = read();
            if (frame.type() == HEADERS) {
                fields(frame)
                        .forEach(field -> said.append(field.getKey())
                                .append('=')
                                .append(field.getValue())
                                .append('\n'));
            }
            if (frame.type() == GOAWAY && frame.error() != 0) {
                return "GOAWAY " + frame.error();
            }
            if (frame.stream() == stream && frame.type() == RST_STREAM) {
                return said + "RST " + frame.error();
            }
            if (frame.stream() == stream && frame.type() == DATA) {
                said.append(frame.text());
            }
            if (frame.stream() == stream && frame.endsStream()) {
                return said.toString();
            }
        }
    }

    /** Reads one answer, and tells of it part by part. */
    void observe(int stream, Observed to) throws IOException {
        var body = new StringBuilder();
        boolean begun = false;
        while (true) {
            Frame frame = read();
            if (frame.type() == HEADERS) {
                Http2Headers list = fields(frame);
                String status = String.valueOf(list.status());
                boolean interim = !begun && status.startsWith("1");
                List<PlainHttp.Field> fields = plain(list);
                var message = new PlainHttp.Message(
                        "", begun || interim ? List.of() : fields, "", begun ? fields : List.of());
                if (interim) {
                    to.add("interim", status);
                } else {
                    to.message("got", begun ? to.value("got").orElse("") : status, message);
                    begun = true;
                }
            } else if (frame.stream() == stream && frame.type() == RST_STREAM) {
                to.add("reset", "" + frame.error());
                return;
            } else if (frame.stream() == stream && frame.type() == DATA) {
                body.append(frame.text());
            }
            if (frame.stream() == stream && frame.endsStream()) {
                to.replace("got.body", body.toString());
                return;
            }
        }
    }

    private static List<PlainHttp.Field> plain(Http2Headers list) {
        var fields = new ArrayList<PlainHttp.Field>();
        list.forEach(field -> {
            if (field.getKey().charAt(0) != ':') {
                fields.add(new PlainHttp.Field(
                        field.getKey().toString(), field.getValue().toString()));
            }
        });
        return fields;
    }

    private Http2Headers fields(Frame frame) throws IOException {
        try {
            return hpack.decodeHeaders(frame.stream(), Unpooled.wrappedBuffer(frame.payload()));
        } catch (Http2Exception e) {
            throw new IOException(e);
        }
    }

    /** Sends bytes, and listens until they were seen, the connection ends, or nothing is heard for a moment. */
    void say(byte[] bytes) throws IOException {
        await(SETTINGS, 0); // until then there may be nobody to hear it
        try {
            socket.setSoTimeout(MOMENT_MILLIS);
            out.write(bytes);
            frame(PING, 0, 0, SEEN);
            Frame frame = read();
            while (frame.type() != PING || !Arrays.equals(frame.payload(), SEEN)) {
                frame = read();
            }
        } catch (SocketTimeoutException | EOFException | SocketException over) {
            // a lying length swallowed the question, or the connection is cut
        }
    }

    /** Says with TCP's means that nothing more will come. */
    void endInput() throws IOException {
        socket.shutdownOutput();
    }

    /** Reads all that still comes; whether it ended. */
    boolean rest() throws IOException {
        in.transferTo(OutputStream.nullOutputStream());
        return true;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
