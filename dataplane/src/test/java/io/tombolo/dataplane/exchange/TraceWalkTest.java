package io.tombolo.dataplane.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.dataplane.exchange.Collector.Seen;
import io.tombolo.dataplane.trace.TraceParent;
import io.tombolo.dataplane.trace.TraceSettings;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which headers of a trace go on, and which spans a collector gets. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class TraceWalkTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String APPLICATIONS_SPAN = "b7ad6b7169203331";
    private static final String SAMPLED = "traceparent: 00-" + TRACE + "-" + APPLICATIONS_SPAN + "-01\r\n";
    private static final String NOT_SAMPLED = "traceparent: 00-" + TRACE + "-" + APPLICATIONS_SPAN + "-00\r\n";
    private static final long SERVER = 2;
    private static final long CLIENT = 3;
    private static final long ERROR = 2;
    private static final Pattern PARENT = Pattern.compile("\r\ntraceparent: ([^\r]*)\r");

    private final Mesh mesh = new Mesh();
    private Collector collector;
    private RawApp app;

    @BeforeEach
    void start() throws IOException {
        collector = Collector.start();
        app = RawApp.answering(RawApp.ok("answer"));
    }

    @AfterEach
    void end() {
        mesh.close();
        collector.close();
    }

    /** Two sidecars; returns the caller's. */
    private TestSidecar tracing(double ratio) {
        mesh.trace = new TraceSettings(Optional.of(collector.address()), ratio, 64);
        return untraced();
    }

    private TestSidecar untraced() {
        TestSidecar caller = mesh.sidecar(mesh.east, "frontend", 0, 0);
        mesh.inEast(1, app.port());
        mesh.push();
        return caller;
    }

    private static String get(TestSidecar caller, String headers) throws IOException {
        return RawClient.once(
                caller.proxyPort(),
                "GET http://checkout.shop/cart?card=4711 HTTP/1.1\r\nHost: x\r\n" + caller.authorization() + headers
                        + "Connection: close\r\n\r\n");
    }

    /** Every sidecar is closed first, so that all spans are there. */
    private List<Seen> spans() {
        mesh.close();
        return collector.spans;
    }

    /** What the application got. */
    private String parent() {
        Matcher found = PARENT.matcher(app.heads.getLast().toLowerCase(Locale.ROOT));
        return found.find() ? found.group(1) : "";
    }

    @Test
    void aSampledCallIsASpanOfEachSidecarBelowTheApplicationsOwn() throws IOException {
        // Given
        TestSidecar caller = tracing(0);
        // When
        assertThat(get(caller, SAMPLED + "tracestate: vendor=x\r\n")).endsWith("answer");
        // Then
        assertThat(spans()).hasSize(2);
        Seen client = collector.of(CLIENT);
        Seen server = collector.of(SERVER);
        assertThat(client.traceId()).isEqualTo(TRACE);
        assertThat(client.parentId()).isEqualTo(APPLICATIONS_SPAN);
        assertThat(server.traceId()).isEqualTo(TRACE);
        assertThat(server.parentId()).isEqualTo(client.spanId());
        assertThat(parent()).isEqualTo("00-" + TRACE + "-" + server.spanId() + "-01");
        assertThat(app.heads.getLast()).contains("tracestate: vendor=x\r\n");
        for (Seen span : collector.spans) {
            assertThat(span.state()).isEqualTo("vendor=x");
            assertThat(span.name()).isEqualTo("GET checkout.shop");
            assertThat(span.nanos()).isPositive();
            assertThat(span.statusCode()).isZero();
            assertThat(span.attributes())
                    .containsEntry("http.request.method", "GET")
                    .containsEntry("url.path", "/cart")
                    .containsEntry("http.response.status_code", "200")
                    .containsEntry("tombolo.source.cluster", "east")
                    .containsEntry("tombolo.source.workload", "frontend")
                    .containsEntry("tombolo.destination.cluster", "east")
                    .containsEntry("tombolo.destination.service", "checkout")
                    .containsEntry("tombolo.attempts", "1")
                    .doesNotContainKey("tombolo.blame");
        }
        assertThat(client.attributes()).containsEntry("resource.service.name", "frontend");
        assertThat(server.attributes()).containsEntry("resource.service.name", "checkout");
        assertThat(collector.types).containsOnly("application/x-protobuf");
        assertThat("" + collector.spans).doesNotContain("4711");
    }

    @Test
    void whoDecidedThatATraceIsNotRecordedIsNotAskedAgain() throws IOException {
        // Given
        TestSidecar caller = tracing(1);
        // When
        get(caller, NOT_SAMPLED);
        get(caller, SAMPLED);
        // Then
        assertThat(spans()).hasSize(2);
        assertThat(app.heads.getFirst().toLowerCase(Locale.ROOT)).contains(NOT_SAMPLED);
    }

    @Test
    void aTraceBeginsHereForCallsThatBringNone() throws IOException {
        // Given
        TestSidecar caller = tracing(1);
        // When
        get(caller, "");
        // Then
        assertThat(spans()).hasSize(2);
        assertThat(collector.of(CLIENT).parentId()).isEmpty();
        assertThat(TraceParent.parse(parent())).hasValueSatisfying(said -> {
            assertThat(said.traceId()).isEqualTo(collector.of(SERVER).traceId());
            assertThat(said.spanId()).isEqualTo(collector.of(SERVER).spanId());
        });
    }

    @Test
    void whatIsNotDrawnIsToldToEverybodyBehind() throws IOException {
        // Given
        TestSidecar caller = tracing(0);
        // When
        get(caller, "");
        // Then
        assertThat(parent()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00");
        assertThat(caller.counted("tombolo_trace_spans_total")).isZero();
    }

    @Test
    void aHeaderThatIsNoneIsReplacedTogetherWithWhatBelongedToIt() throws IOException {
        // Given
        TestSidecar caller = tracing(1);
        // When
        get(caller, "traceparent: 00-zz-1\r\ntracestate: vendor=x\r\n");
        // Then
        assertThat(TraceParent.parse(parent())).isPresent();
        assertThat(app.heads.getLast()).doesNotContain("vendor=x");
    }

    @Test
    void withoutACollectorEveryHeaderGoesOnAsItCame() throws IOException {
        // Given
        TestSidecar caller = untraced();
        // When
        get(caller, "traceparent: 00-zz-1\r\ntracestate: vendor=x\r\n");
        // Then
        assertThat(parent()).isEqualTo("00-zz-1");
        assertThat(app.heads.getLast()).contains("tracestate: vendor=x\r\n");
    }

    @Test
    void aCallThatCannotBeMadeIsASpanWithWhoseDoingItWas() throws IOException {
        // Given
        app.close();
        TestSidecar caller = tracing(1);
        // When
        assertThat(get(caller, "")).startsWith("HTTP/1.1 503 ");
        // Then
        assertThat(spans()).hasSize(2);
        assertThat(collector.spans).allSatisfy(span -> {
            assertThat(span.statusCode()).isEqualTo(ERROR);
            assertThat(span.attributes())
                    .containsEntry("tombolo.blame", "APP")
                    .containsEntry("tombolo.fault", "TB-2016");
        });
    }

    @Test
    void spansThatTheCollectorDoesNotTakeAreCountedAndNobodyWaits() throws IOException {
        // Given
        collector.status = 503;
        TestSidecar caller = tracing(1);
        // When
        assertThat(get(caller, "")).endsWith("answer");
        // Then
        assertThat(spans()).isEmpty();
        assertThat(caller.counted("tombolo_trace_spans_dropped_total{reason=\"send_failed\"}"))
                .isEqualTo(1);
        assertThat(caller.counted("tombolo_trace_spans_total")).isZero();
    }
}
