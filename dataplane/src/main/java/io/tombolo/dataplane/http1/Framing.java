package io.tombolo.dataplane.http1;

/** How the end of a message's body is found (RFC 9112 §6.3). */
public sealed interface Framing {
    /** There is no body. */
    record None() implements Framing {}

    /** A body of that many bytes, more than 0. */
    record Length(long bytes) implements Framing {}

    /** Chunks, then maybe trailers. */
    record Chunked() implements Framing {}

    /** Everything until the connection ends; responses only. */
    record UntilClose() implements Framing {}

    /** No body. */
    Framing NONE = new None();

    /** Chunks. */
    Framing CHUNKED = new Chunked();

    /** Until the end. */
    Framing UNTIL_CLOSE = new UntilClose();

    /** A body of {@code bytes} bytes, 0 or more. */
    static Framing length(long bytes) {
        return bytes == 0 ? NONE : new Length(bytes);
    }
}
