package io.tombolo.dataplane.trace;

import io.tombolo.dataplane.accesslog.Party;
import io.tombolo.dataplane.metrics.Metrics;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Decides which exchanges are recorded: those of traces that are, and a share of those that begin here. Any thread. */
public final class Tracing implements AutoCloseable {
    private final double ratio;
    private final @Nullable SpanSender sender;

    private Tracing(double ratio, @Nullable SpanSender sender) {
        this.ratio = ratio;
        this.sender = sender;
    }

    /** Records nothing, and leaves every header as it is. */
    public static Tracing off() {
        return new Tracing(0, null);
    }

    /** @param self this process, as it appears in spans */
    public static Tracing open(TraceSettings settings, Party self, Metrics metrics) {
        return settings.endpoint()
                .map(endpoint ->
                        new Tracing(settings.ratio(), SpanSender.start(endpoint, settings.queue(), self, metrics)))
                .orElseGet(Tracing::off);
    }

    /** If not, nobody needs to look at the headers. */
    public boolean isOn() {
        return sender != null;
    }

    /**
     * What becomes of an exchange's trace.
     * @param parent what goes on as {@code traceparent}; null = as it came
     * @param fresh  the trace begins here, so that {@code tracestate} belongs to none
     * @param traced null = not recorded
     */
    public record Decision(
            @Nullable TraceParent parent,
            boolean fresh,
            @Nullable Traced traced) {
        static final Decision AS_IT_CAME = new Decision(null, false, null);
    }

    /**
     * Decides for one exchange. Who sends a parent has decided for all of its trace; who sends none, or something that is none,
     * leaves it to this.
     * @param said  values of {@code traceparent}; exactly one is one
     * @param state of {@code tracestate}; empty = none
     */
    public Decision decide(Iterable<String> said, String state) {
        SpanSender to = sender;
        if (to == null) {
            return Decision.AS_IT_CAME;
        }
        Optional<TraceParent> from = only(said).flatMap(TraceParent::parse);
        if (from.isPresent()) {
            return from.get().isSampled() ? child(to, from.get(), state) : Decision.AS_IT_CAME;
        }
        TraceParent first = TraceParent.begin(ThreadLocalRandom.current().nextDouble() < ratio);
        return new Decision(first, true, first.isSampled() ? new Traced(to, first, "", "") : null);
    }

    private static Decision child(SpanSender to, TraceParent from, String state) {
        TraceParent own = from.child();
        return new Decision(own, false, new Traced(to, own, from.spanId(), state));
    }

    private static Optional<String> only(Iterable<String> said) {
        var all = said.iterator();
        Optional<String> first = all.hasNext() ? Optional.of(all.next()) : Optional.empty();
        return all.hasNext() ? Optional.empty() : first;
    }

    /** Sends what waits, for at most 2 s. Not on an event loop. */
    @Override
    public void close() {
        if (sender != null) {
            sender.close();
        }
    }
}
