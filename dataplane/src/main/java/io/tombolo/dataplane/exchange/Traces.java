package io.tombolo.dataplane.exchange;

import io.netty.handler.codec.http.HttpHeaders;
import io.tombolo.dataplane.trace.TraceParent;
import io.tombolo.dataplane.trace.Traced;
import io.tombolo.dataplane.trace.Tracing;
import org.jspecify.annotations.Nullable;

/** Reads and writes the headers of W3C Trace Context. */
final class Traces {
    private Traces() {}

    /** Decides about an exchange, and leaves its head as it is to go on. Null = it is not recorded. */
    static @Nullable Traced begin(Tracing tracing, HttpHeaders headers) {
        if (!tracing.isOn()) {
            return null;
        }
        Tracing.Decision decision = tracing.decide(
                headers.getAll(TraceParent.NAME), String.join(",", headers.getAll(TraceParent.STATE_NAME)));
        TraceParent parent = decision.parent();
        if (parent != null) {
            headers.set(TraceParent.NAME, parent.text());
        }
        if (decision.fresh()) {
            headers.remove(TraceParent.STATE_NAME);
        }
        return decision.traced();
    }
}
