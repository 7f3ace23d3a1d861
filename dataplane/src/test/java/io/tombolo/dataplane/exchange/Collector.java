package io.tombolo.dataplane.exchange;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A collector of traces. Reads requests by the field numbers of the OpenTelemetry protocol, not by the classes that wrote them:
 * ExportTraceServiceRequest 1 → ResourceSpans (1 resource, 2 → ScopeSpans 2 → Span).
 */
final class Collector implements AutoCloseable {
    private final HttpServer server;
    final List<Seen> spans = new CopyOnWriteArrayList<>();
    final List<String> types = new CopyOnWriteArrayList<>();

    /** What requests are answered with. */
    volatile int status = 200;

    private Collector(HttpServer server) {
        this.server = server;
    }

    /** @param attributes of the span and, with {@code resource.} before it, of its resource */
    record Seen(
            String traceId,
            String spanId,
            String parentId,
            String state,
            String name,
            long kind,
            long nanos,
            long statusCode,
            Map<String, String> attributes) {}

    static Collector start() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        var collector = new Collector(server);
        server.createContext("/v1/traces", collector::take);
        server.start();
        return collector;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces");
    }

    Seen of(long kind) {
        return spans.stream()
                .filter(span -> span.kind == kind)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no span of kind " + kind + " in " + spans));
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        types.add(exchange.getRequestHeaders().getFirst("content-type"));
        if (status == 200) {
            for (UnknownFieldSet resource : messages(UnknownFieldSet.parseFrom(body), 1)) {
                for (UnknownFieldSet scope : messages(resource, 2)) {
                    for (UnknownFieldSet span : messages(scope, 2)) {
                        spans.add(seen(span, messages(resource, 1).getFirst()));
                    }
                }
            }
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private static Seen seen(UnknownFieldSet span, UnknownFieldSet resource) throws IOException {
        var attributes = new LinkedHashMap<String, String>();
        attributes(resource, 1, "resource.", attributes);
        attributes(span, 9, "", attributes);
        List<UnknownFieldSet> status = messages(span, 15);
        return new Seen(
                hex(span, 1),
                hex(span, 2),
                hex(span, 4),
                text(span, 3),
                text(span, 5),
                number(span, 6),
                span.getField(8).getFixed64List().getFirst()
                        - span.getField(7).getFixed64List().getFirst(),
                status.isEmpty() ? 0 : number(status.getFirst(), 3),
                attributes);
    }

    private static void attributes(UnknownFieldSet of, int field, String prefix, Map<String, String> into)
            throws IOException {
        for (UnknownFieldSet attribute : messages(of, field)) {
            UnknownFieldSet value = messages(attribute, 2).getFirst();
            into.put(prefix + text(attribute, 1), value.hasField(1) ? text(value, 1) : "" + number(value, 3));
        }
    }

    private static List<UnknownFieldSet> messages(UnknownFieldSet of, int field) throws IOException {
        var found = new ArrayList<UnknownFieldSet>();
        for (ByteString bytes : of.getField(field).getLengthDelimitedList()) {
            found.add(UnknownFieldSet.parseFrom(bytes));
        }
        return found;
    }

    private static ByteString bytes(UnknownFieldSet of, int field) {
        return of.hasField(field) ? of.getField(field).getLengthDelimitedList().getFirst() : ByteString.EMPTY;
    }

    private static String text(UnknownFieldSet of, int field) {
        return bytes(of, field).toString(StandardCharsets.UTF_8);
    }

    private static String hex(UnknownFieldSet of, int field) {
        return HexFormat.of().formatHex(bytes(of, field).toByteArray());
    }

    private static long number(UnknownFieldSet of, int field) {
        return of.hasField(field) ? of.getField(field).getVarintList().getFirst() : 0;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
