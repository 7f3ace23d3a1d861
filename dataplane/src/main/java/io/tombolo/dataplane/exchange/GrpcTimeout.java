package io.tombolo.dataplane.exchange;

import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long a caller of gRPC waits (gRPC over HTTP/2, "Timeout"). It goes on to the server as it is. */
final class GrpcTimeout {
    private static final String NAME = "grpc-timeout";
    private static final Pattern FORM = Pattern.compile("([0-9]{1,8})([HMSmun])");

    private GrpcTimeout() {}

    /** Empty if nothing sensible is said; at least 1 ms. */
    static Optional<Duration> of(HttpHeaders headers) {
        Matcher said = FORM.matcher(headers.get(NAME, ""));
        if (!said.matches()) {
            return Optional.empty();
        }
        ChronoUnit unit = switch (said.group(2)) {
            case "H" -> ChronoUnit.HOURS;
            case "M" -> ChronoUnit.MINUTES;
            case "S" -> ChronoUnit.SECONDS;
            case "m" -> ChronoUnit.MILLIS;
            case "u" -> ChronoUnit.MICROS;
            default -> ChronoUnit.NANOS;
        };
        Duration limit = Duration.of(Long.parseLong(said.group(1)), unit);
        return Optional.of(limit.toMillis() < 1 ? Duration.ofMillis(1) : limit);
    }
}
