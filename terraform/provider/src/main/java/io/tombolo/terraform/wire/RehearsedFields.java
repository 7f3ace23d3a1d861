package io.tombolo.terraform.wire;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * What Terraform's gRPC does and that of the rehearsal does not: fields in Huffman's code, and a call that is given up. What is not
 * rehearsed is read from a jar of twelve megabytes at each start.
 */
final class RehearsedFields {
    private static final String PREFACE = "505249202a20485454502f322e300d0a0d0a534d0d0a0d0a"; // RFC 9113, 3.4
    private static final String EMPTY_SETTINGS = "000000040000000000";
    private static final String HEADERS_OF_ALL = "000011010500000005";

    /** The first request of RFC 7541, C.4.1. */
    private static final String REQUEST = "828684418cf1e3c2e5f23a6ba0ab90f4ff";

    /** Another request begins, with {@link #call}'s fields, which have no end. */
    private static final String CALL = "0000%02x010400000003%s";

    private static final String GIVEN_UP = "00000403000000000300000008"; // RST_STREAM, CANCEL

    private static final int HEADERS = 1;
    private static final int PATIENCE_MILLIS = 10_000;

    private RehearsedFields() {}

    /** Returns when it was answered. */
    static void send(SSLSocketFactory tls, int port) throws IOException {
        try (var socket = (SSLSocket) tls.createSocket("127.0.0.1", port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            socket.setSSLParameters(parameters);
            String fields = call();
            String call = CALL.formatted(fields.length() / 2, fields) + GIVEN_UP;
            socket.getOutputStream()
                    .write(HexFormat.of().parseHex(PREFACE + EMPTY_SETTINGS + call + HEADERS_OF_ALL + REQUEST));
            var frames = new DataInputStream(socket.getInputStream());
            while (read(frames) != HEADERS) {
                // what comes before an answer says nothing of it
            }
        }
    }

    /** {@code POST https} of the static table, and fields that are not put into the other one (RFC 7541, 6.2.2). */
    private static String call() {
        return "8387" + "04" + text("/plugin.GRPCStdio/StreamStdio") + "01" + text("localhost") + "0f10"
                + text("application/grpc") + "00" + text("te") + text("trailers");
    }

    private static String text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
        return HexFormat.of().toHexDigits((byte) bytes.length) + HexFormat.of().formatHex(bytes);
    }

    /** One frame (RFC 9113, 4.1). @return its type */
    private static int read(DataInputStream frames) throws IOException {
        int length = frames.readUnsignedByte() << 16 | frames.readUnsignedShort();
        int type = frames.readUnsignedByte();
        frames.skipNBytes(1L + Integer.BYTES + length);
        return type;
    }
}
