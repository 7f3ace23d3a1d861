package io.tombolo.dataplane.relay;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.tombolo.dataplane.http1.Refused;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What gRPC says of an answer (gRPC over HTTP/2, "Responses"; status codes and their HTTP equivalents as gRPC documents them).
 */
public final class GrpcAnswer {
    private static final String TYPE = "application/grpc";
    private static final String STATUS = "grpc-status";
    private static final String MESSAGE = "grpc-message";

    /** No status of gRPC was said. */
    public static final int NONE = -1;

    private static final int UNKNOWN = 2;
    private static final Map<String, Integer> KNOWN =
            IntStream.rangeClosed(0, 16).boxed().collect(Collectors.toUnmodifiableMap(String::valueOf, code -> code));

    /** UNKNOWN, DEADLINE_EXCEEDED, INTERNAL, UNAVAILABLE, DATA_LOSS: the server's doing, not the caller's. */
    private static final Set<String> SERVERS_FAULT = Set.of("2", "4", "13", "14", "15");

    private GrpcAnswer() {}

    /** Whether a request or an answer is one of gRPC. */
    public static boolean isGrpc(HttpHeaders headers) {
        String type = headers.get(HttpHeaderNames.CONTENT_TYPE);
        return type != null
                && type.startsWith(TYPE)
                && (type.length() == TYPE.length() || "+;".indexOf(type.charAt(TYPE.length())) >= 0);
    }

    /** Whether a head or trailers end a call. */
    public static boolean ends(HttpHeaders headers) {
        return headers.contains(STATUS);
    }

    /** The status that a head or trailers carry; one that gRPC does not know is its UNKNOWN. */
    static int status(HttpHeaders headers) {
        String said = headers.isEmpty() ? null : headers.get(STATUS);
        return said == null ? NONE : KNOWN.getOrDefault(said, UNKNOWN);
    }

    /** Whether they say that the server failed. */
    public static boolean isServersFault(HttpHeaders headers) {
        return SERVERS_FAULT.contains(headers.get(STATUS, ""));
    }

    /** The answer for a fault: status 200, as gRPC wants it, and all else in its own fields. */
    static FullHttpResponse of(TomboloException fault) {
        var answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.EMPTY_BUFFER);
        answer.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, TYPE)
                .set(STATUS, statusOf(fault.fault()))
                .set(MESSAGE, encoded(String.valueOf(fault.getMessage())));
        return answer;
    }

    private static int statusOf(Fault fault) {
        return switch (Refused.status(fault)) {
            case 400 -> 13; // INTERNAL
            case 403 -> 7; // PERMISSION_DENIED
            case 404, 421 -> 12; // UNIMPLEMENTED
            case 429 -> 8; // RESOURCE_EXHAUSTED
            case 407 -> 16; // UNAUTHENTICATED
            case 504 -> 4; // DEADLINE_EXCEEDED
            default -> 14; // UNAVAILABLE
        };
    }

    /** Percent-encoded but for visible ASCII. */
    private static String encoded(String text) {
        var result = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b >= ' ' && b < 0x7f && b != '%') {
                result.append((char) b);
            } else {
                result.append(String.format("%%%02X", b & 0xff));
            }
        }
        return result.toString();
    }
}
