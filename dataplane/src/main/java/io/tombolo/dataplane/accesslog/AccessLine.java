package io.tombolo.dataplane.accesslog;

import io.tombolo.model.outcome.Blame;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The text of an entry: one JSON object, its fields always in the same order, absent when empty. */
final class AccessLine {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final StringBuilder text;

    private AccessLine(StringBuilder text) {
        this.text = text;
    }

    /** Appends the entry and a line feed. */
    static void append(StringBuilder to, Access access, boolean withQuery) {
        new AccessLine(to).line(access, withQuery);
    }

    private void line(Access access, boolean withQuery) {
        text.append("{\"time\":\"").append(time(access.began())).append('"');
        field("direction", access.direction().name().toLowerCase(Locale.ROOT));
        field("protocol", access.http().isPresent() ? "http" : "tcp");
        party("source", access.source());
        party("destination", access.destination());
        access.http().ifPresent(http -> http(http, withQuery));
        number("requestBytes", access.requestBytes());
        number("answerBytes", access.answerBytes());
        number("durationMicros", access.took().toNanos() / 1_000);
        field("ended", access.ended());
        field("blame", access.blame().map(Blame::name).orElse(""));
        field("code", access.code());
        number("attempts", access.attempts());
        field("tls", access.tls());
        field("tlsGroup", access.tlsGroup());
        text.append("}\n");
    }

    private static String time(Instant began) {
        return TIME.format(began);
    }

    private void http(Access.Http http, boolean withQuery) {
        field("method", http.method());
        field("path", withQuery ? Access.cut(http.target()) : Access.path(http.target()));
        number("status", http.status());
        if (http.grpcStatus() >= 0) {
            number("grpcStatus", http.grpcStatus());
        }
        field("traceId", http.traceId());
    }

    private void party(String name, Party party) {
        text.append(",\"").append(name).append("\":{");
        int before = text.length();
        field("cluster", party.cluster());
        field("namespace", party.namespace());
        field("workload", party.workload());
        field("service", party.service());
        if (party.port() > 0) {
            number("port", party.port());
        }
        field("instance", party.instance());
        field("address", party.address());
        field("gateway", party.gateway());
        if (text.length() > before) {
            text.deleteCharAt(before); // the comma before the first
        }
        text.append('}');
    }

    private void field(String name, String value) {
        if (!value.isEmpty()) {
            text.append(",\"").append(name).append("\":\"");
            value.chars().forEach(this::escaped);
            text.append('"');
        }
    }

    private void number(String name, long value) {
        text.append(",\"").append(name).append("\":").append(value);
    }

    private void escaped(int c) {
        if (c == '"' || c == '\\') {
            text.append('\\').append((char) c);
        } else if (c < 0x20 || c == 0x7f) {
            text.append(String.format(Locale.ROOT, "\\u%04x", c));
        } else {
            text.append((char) c);
        }
    }
}
