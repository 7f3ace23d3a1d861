package io.tombolo.dataplane.relay;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.tombolo.dataplane.http1.HttpFlaw;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.time.Duration;

/** What is said of an exchange that went wrong. */
final class Faulted {
    private Faulted() {}

    static String text(HttpRequest request) {
        return request.method() + " " + request.headers().get(HttpHeaderNames.HOST, "");
    }

    static String text(HttpFlaw flaw) {
        return Fault.BAD_HTTP_HEAD.code() + " " + Fault.BAD_HTTP_HEAD.name() + " request: " + flaw.text()
                + ". The connection is closed.";
    }

    static TomboloException late(HttpRequest request, Duration limit) {
        return new TomboloException(
                Fault.REQUEST_TIMEOUT,
                text(request),
                "no answer within " + limit.toMillis() + " ms",
                "it may have been processed all the same; see `sidecar.outbound.request-timeout` and its routes' timeouts");
    }
}
