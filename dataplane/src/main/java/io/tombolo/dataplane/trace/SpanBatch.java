package io.tombolo.dataplane.trace;

import com.google.protobuf.ByteString;
import io.tombolo.dataplane.accesslog.Access;
import io.tombolo.dataplane.accesslog.Access.Direction;
import io.tombolo.dataplane.accesslog.Party;
import io.tombolo.model.outcome.Blame;
import io.tombolo.wire.otlp.Attribute;
import io.tombolo.wire.otlp.ExportTraceRequest;
import io.tombolo.wire.otlp.OtlpSpan;
import io.tombolo.wire.otlp.OtlpSpan.Kind;
import io.tombolo.wire.otlp.Resource;
import io.tombolo.wire.otlp.ResourceSpans;
import io.tombolo.wire.otlp.Scope;
import io.tombolo.wire.otlp.ScopeSpans;
import io.tombolo.wire.otlp.Status;
import io.tombolo.wire.otlp.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Spans as OTLP has them. Names of attributes are those of OpenTelemetry's semantic conventions for HTTP and services where they
 * have one, else they begin with {@code tombolo.}; {@code docs/tracing.md} lists them.
 */
final class SpanBatch {
    private static final String SCOPE = "tombolo";

    private final Resource resource;

    SpanBatch(Party self) {
        var attributes = new Attributes();
        attributes.text("service.name", self.workload());
        attributes.text("service.namespace", self.namespace());
        attributes.text("service.instance.id", self.instance());
        attributes.text("tombolo.cluster", self.cluster());
        this.resource = Resource.newBuilder().addAllAttributes(attributes.all).build();
    }

    ExportTraceRequest of(List<Span> spans) {
        return ExportTraceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .setResource(resource)
                        .addScopeSpans(ScopeSpans.newBuilder()
                                .setScope(Scope.newBuilder().setName(SCOPE))
                                .addAllSpans(spans.stream().map(SpanBatch::one).toList())))
                .build();
    }

    private static OtlpSpan one(Span span) {
        Access access = span.access();
        long start = nanos(access.began());
        return OtlpSpan.newBuilder()
                .setTraceId(bytes(span.own().traceId()))
                .setSpanId(bytes(span.own().spanId()))
                .setParentSpanId(bytes(span.parentId()))
                .setTraceState(span.state())
                .setFlags(span.own().flags())
                .setName(name(access))
                .setKind(access.direction() == Direction.OUTBOUND ? Kind.KIND_CLIENT : Kind.KIND_SERVER)
                .setStartTimeUnixNano(start)
                .setEndTimeUnixNano(start + access.took().toNanos())
                .addAllAttributes(attributes(access))
                .setStatus(status(access))
                .build();
    }

    private static long nanos(Instant at) {
        return TimeUnit.SECONDS.toNanos(at.getEpochSecond()) + at.getNano();
    }

    private static ByteString bytes(String hex) {
        return ByteString.copyFrom(HexFormat.of().parseHex(hex));
    }

    /** Few differ: the path is an attribute. */
    private static String name(Access access) {
        String service = access.destination().service();
        String method = access.http().map(Access.Http::method).orElse("TCP");
        return service.isEmpty()
                ? method
                : method + " " + service + "." + access.destination().namespace();
    }

    private static List<Attribute> attributes(Access access) {
        var attributes = new Attributes();
        access.http().ifPresent(http -> {
            attributes.text("http.request.method", http.method());
            attributes.text("url.path", Access.path(http.target()));
            attributes.number("http.response.status_code", http.status());
            if (http.grpcStatus() >= 0) {
                attributes.number("rpc.grpc.status_code", http.grpcStatus());
            }
        });
        attributes.number("http.request.body.size", access.requestBytes());
        attributes.number("http.response.body.size", access.answerBytes());
        party(attributes, "tombolo.source.", access.source());
        party(attributes, "tombolo.destination.", access.destination());
        attributes.number("tombolo.attempts", access.attempts());
        attributes.text("tombolo.ended", access.ended());
        attributes.text("tombolo.blame", access.blame().map(Blame::name).orElse(""));
        attributes.text("tombolo.fault", access.code());
        return attributes.all;
    }

    private static void party(Attributes attributes, String prefix, Party party) {
        attributes.text(prefix + "cluster", party.cluster());
        attributes.text(prefix + "namespace", party.namespace());
        attributes.text(prefix + "workload", party.workload());
        attributes.text(prefix + "service", party.service());
        attributes.text(prefix + "instance", party.instance());
        if (party.port() > 0) {
            attributes.number(prefix + "port", party.port());
        }
    }

    /** What the conventions for HTTP say: for who calls, 4xx is an error as well. */
    private static Status status(Access access) {
        int code = access.http().map(Access.Http::status).orElse(0);
        int from = access.direction() == Direction.OUTBOUND ? 400 : 500;
        boolean failed = code == 0
                || code >= from
                || access.blame().filter(b -> b != Blame.CLIENT).isPresent();
        return failed
                ? Status.newBuilder()
                        .setCode(Status.Code.CODE_ERROR)
                        .setMessage(access.code())
                        .build()
                : Status.getDefaultInstance();
    }

    /** Those that have a value. */
    private static final class Attributes {
        private final List<Attribute> all = new ArrayList<>();

        void text(String key, String value) {
            if (!value.isEmpty()) {
                add(key, Value.newBuilder().setStringValue(value));
            }
        }

        void number(String key, long value) {
            add(key, Value.newBuilder().setIntValue(value));
        }

        private void add(String key, Value.Builder value) {
            all.add(Attribute.newBuilder().setKey(key).setValue(value).build());
        }
    }
}
