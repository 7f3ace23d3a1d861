package io.tombolo.benchmarks.load;

import java.util.List;

/** What is spoken through a hop, and how long an answer's body is. */
public enum Wire {
    HTTP1(List.of("http/1.1"), Wire.SMALL, "64 bytes"),
    HTTP2(List.of("h2"), Wire.SMALL, "64 bytes"),
    /** Unary: one message there, one back, trailers. */
    GRPC(List.of("h2"), Wire.SMALL, "64 bytes"),
    /** Who knows {@code tombolo-tcp} gets it under TLS; who does not, gets the bytes as they are. */
    TCP(List.of("tombolo-tcp"), Wire.SMALL, "64 bytes"),
    TCP_BULK(List.of("tombolo-tcp"), Wire.MEBIBYTE, "1 MiB");

    private static final int SMALL = 64;
    private static final int MEBIBYTE = 1_048_576;

    private final List<String> offered;
    private final int answerBytes;
    private final String size;

    Wire(List<String> offered, int answerBytes, String size) {
        this.offered = offered;
        this.answerBytes = answerBytes;
        this.size = size;
    }

    /** ALPN names of the mesh's side. */
    List<String> offered() {
        return offered;
    }

    /** Of an answer's body. */
    public int answerBytes() {
        return answerBytes;
    }

    /** The same as words. */
    public String size() {
        return size;
    }

    /** Whether requests share connections. */
    public boolean isMultiplexed() {
        return this == HTTP2 || this == GRPC;
    }

    public boolean isTcp() {
        return this == TCP || this == TCP_BULK;
    }
}
