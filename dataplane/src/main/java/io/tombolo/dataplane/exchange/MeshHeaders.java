package io.tombolo.dataplane.exchange;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import io.tombolo.dataplane.http1.HopByHop;
import io.tombolo.dataplane.http1.Syntax;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Headers that only sidecars write. */
final class MeshHeaders {
    /** Tells the application who calls: a verified SPIFFE id. */
    static final AsciiString CALLER = AsciiString.cached("tombolo-caller");

    /** How many sidecars handed the request to an application before: an application that passes it on lets us count. */
    static final AsciiString HOPS = AsciiString.cached("tombolo-hops");

    /** How long who sends it waits for the answer: {@code 250ms}, {@code 2s}, {@code 1m}. */
    static final AsciiString TIMEOUT = AsciiString.cached("tombolo-timeout");

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,8})(ms|s|m)");
    private static final int MOST_HOPS = 1_000;
    private static final Duration MOST_FOR_THE_WAY = Duration.ofSeconds(1);

    private MeshHeaders() {}

    /** 0 if nothing sensible is said. */
    static int hops(HttpHeaders headers) {
        String said = headers.get(HOPS);
        if (said == null) {
            return 0;
        }
        boolean number = said.length() <= 4 && Syntax.isNumber(said);
        return number ? Math.min(MOST_HOPS, Integer.parseInt(said)) : 0;
    }

    /** Empty if nothing sensible is said; at least 1 ms. */
    static Optional<Duration> timeout(HttpHeaders headers) {
        String text = headers.get(TIMEOUT);
        if (text == null) {
            return Optional.empty();
        }
        Matcher said = DURATION.matcher(text);
        if (!said.matches()) {
            return Optional.empty();
        }
        long number = Math.max(1, Long.parseLong(said.group(1)));
        return Optional.of(
                switch (said.group(2)) {
                    case "ms" -> Duration.ofMillis(number);
                    case "s" -> Duration.ofSeconds(number);
                    default -> Duration.ofMinutes(number);
                });
    }

    /** A little less for who is asked: the destination is to notice first, because it knows whose doing it is. */
    static void timeoutThere(HttpHeaders headers, Duration left) {
        Duration tenth = Duration.ofNanos(left.toNanos() / 10);
        timeout(headers, left.minus(tenth.compareTo(MOST_FOR_THE_WAY) < 0 ? tenth : MOST_FOR_THE_WAY));
    }

    static void timeout(HttpHeaders headers, Duration limit) {
        headers.set(TIMEOUT, Math.max(1, limit.toMillis()) + "ms");
    }

    /** Takes out whatever is theirs: nobody else may speak so, nor needs to hear it. */
    static void strip(HttpHeaders headers) {
        if (hasAny(headers)) {
            headers.names().stream().filter(HopByHop::isOfTheMesh).forEach(headers::remove);
        }
    }

    /** Most heads have none, and their names need not be made into strings for that. */
    private static boolean hasAny(HttpHeaders headers) {
        Iterator<Map.Entry<CharSequence, CharSequence>> all = headers.iteratorCharSequence();
        while (all.hasNext()) {
            if (HopByHop.isOfTheMesh(all.next().getKey())) {
                return true;
            }
        }
        return false;
    }

    /** Throws RELAY_LOOP if a request went through as many applications already. */
    static void refuseCircle(int hops, int most) {
        if (hops >= most) {
            throw new TomboloException(
                    Fault.RELAY_LOOP,
                    "request",
                    "went through " + hops + " applications already",
                    "find the application that sends it on to one that had it before, or raise sidecar.outbound.max-hops");
        }
    }
}
