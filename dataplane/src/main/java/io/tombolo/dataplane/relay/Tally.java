package io.tombolo.dataplane.relay;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.tombolo.dataplane.relay.ExchangeEnd.Uncounted;
import org.jspecify.annotations.Nullable;

/** What the client of one exchange was told, and how much went both ways. */
final class Tally {
    private int status;
    private int grpcStatus = GrpcAnswer.NONE;
    private long requestBytes;
    private long answerBytes;
    private @Nullable Uncounted uncounted;

    void told(HttpResponse answer) {
        status = answer.status().code();
        grpcStatus = GrpcAnswer.status(answer.headers());
    }

    void told(HttpHeaders trailers) {
        grpcStatus = Math.max(grpcStatus, GrpcAnswer.status(trailers));
    }

    void asked(int bytes) {
        requestBytes += bytes;
    }

    void answered(int bytes) {
        answerBytes += bytes;
    }

    /** @param rest what the meter has not told of */
    void tunnelled(RelayEnd end, RelayEnd rest) {
        uncounted = new Uncounted(rest.bytesFromClient(), rest.bytesToClient());
        requestBytes = end.bytesFromClient();
        answerBytes = end.bytesToClient();
    }

    ExchangeEnd ended(ExchangeEnd.How how, int attempts) {
        Uncounted rest = uncounted == null ? new Uncounted(requestBytes, answerBytes) : uncounted;
        return new ExchangeEnd(how, status, grpcStatus, requestBytes, answerBytes, rest, attempts);
    }
}
