package io.tombolo.dataplane.http2;

import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which limit of {@link Http2Limits} an error is about. Netty tells its own apart by their words alone. */
enum Http2Guard {
    MAX_RESETS(Http2Error.ENHANCE_YOUR_CALM, "RST frames"),
    MAX_IDLE_FRAMES(Http2Error.ENHANCE_YOUR_CALM, Http2Frames.TOO_MANY),
    MAX_QUEUED_FRAMES(Http2Error.ENHANCE_YOUR_CALM, "outstanding control frames"),
    MAX_EMPTY_FRAMES(Http2Error.ENHANCE_YOUR_CALM, "empty data frames"),
    MAX_SMALL_CONTINUATIONS(Http2Error.ENHANCE_YOUR_CALM, "small consecutive continuations"),
    CONNECTION_WINDOW_BYTES(Http2Error.FLOW_CONTROL_ERROR, "window exceeded for stream: 0"),
    STREAM_WINDOW_BYTES(Http2Error.FLOW_CONTROL_ERROR, "window exceeded for stream: ");

    private final Http2Error error;
    private final String words;

    Http2Guard(Http2Error error, String words) {
        this.error = error;
        this.words = words;
    }

    /** Empty if it is about none of them. */
    static Optional<Http2Guard> of(Http2Exception error) {
        String said = String.valueOf(error.getMessage());
        return Arrays.stream(values())
                .filter(guard -> guard.error == error.error() && said.contains(guard.words))
                .findFirst();
    }

    /** The label's value in the metrics. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
