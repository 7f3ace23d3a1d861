package io.tombolo.dataplane.trace;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tombolo.dataplane.accesslog.Party;
import io.tombolo.dataplane.metrics.Counter;
import io.tombolo.dataplane.metrics.Counters;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.wire.otlp.ExportTraceAnswer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes spans from any thread without waiting, and sends them in batches on a thread of its own. What fails is not sent again. */
final class SpanSender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpanSender.class);
    private static final int BATCH = 512;
    private static final long GATHER_MILLIS = 1_000;
    private static final long LOOK_MILLIS = 50;
    private static final Duration SEND_WITHIN = Duration.ofSeconds(5);
    private static final long CLOSE_MILLIS = 2_000;

    private final URI endpoint;
    private final SpanBatch form;
    private final BlockingQueue<Span> waiting;
    private final Counter sent;
    private final Counters dropped;
    private final HttpClient client;
    private final Thread thread;
    private volatile boolean closing;
    private boolean failing;

    private SpanSender(URI endpoint, int queue, Party self, Metrics metrics) {
        this.endpoint = endpoint;
        this.form = new SpanBatch(self);
        this.waiting = new ArrayBlockingQueue<>(queue);
        this.sent = metrics.counter("tombolo_trace_spans_total", "Spans that the collector took.");
        this.dropped = metrics.counters(
                "tombolo_trace_spans_dropped_total", "Spans that did not reach the collector, by reason.", "reason");
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(SEND_WITHIN)
                .build();
        this.thread = Thread.ofPlatform().daemon().name("spans").unstarted(this::run);
    }

    static SpanSender start(URI endpoint, int queue, Party self, Metrics metrics) {
        var sender = new SpanSender(endpoint, queue, self, metrics);
        sender.thread.start();
        return sender;
    }

    void add(Span span) {
        if (!waiting.offer(span)) {
            dropped.of("queue_full").increment();
        }
    }

    private void run() {
        var batch = new ArrayList<Span>(BATCH);
        try {
            while (!closing || !waiting.isEmpty()) {
                gather(batch);
                if (!batch.isEmpty()) {
                    send(batch);
                    batch.clear();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            client.shutdownNow();
        }
    }

    /** Until there are enough, or the first has waited long enough. */
    private void gather(List<Span> batch) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GATHER_MILLIS);
        while (batch.size() < BATCH && !(closing && waiting.isEmpty()) && until - System.nanoTime() > 0) {
            Span next = waiting.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            if (next != null) {
                batch.add(next);
                waiting.drainTo(batch, BATCH - batch.size());
            }
        }
    }

    private void send(List<Span> batch) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .timeout(SEND_WITHIN)
                .header("content-type", "application/x-protobuf")
                .POST(HttpRequest.BodyPublishers.ofByteArray(form.of(batch).toByteArray()))
                .build();
        try {
            HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() / 100 == 2) {
                taken(batch.size(), answer.body());
            } else {
                failed(batch.size(), "status " + answer.statusCode());
            }
        } catch (IOException refused) {
            failed(batch.size(), "" + refused);
        }
    }

    private void taken(int all, byte[] answer) {
        failing = false;
        long rejected = Math.clamp(rejected(answer), 0, all);
        sent.add(all - rejected);
        if (rejected > 0) {
            dropped.of("rejected").add(rejected);
        }
    }

    private static long rejected(byte[] answer) {
        try {
            return ExportTraceAnswer.parseFrom(answer).getPartialSuccess().getRejectedSpans();
        } catch (InvalidProtocolBufferException notSaid) {
            return 0;
        }
    }

    private void failed(int all, String why) {
        dropped.of("send_failed").add(all);
        if (!failing) {
            failing = true; // said once, until it works again
            LOG.atWarn().addKeyValue("to", endpoint).addKeyValue("why", why).log("spans not sent");
        }
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join(CLOSE_MILLIS);
            thread.interrupt();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
