package io.tombolo.dataplane.relay;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;

/** What the client of one exchange was told, and how much went both ways. */
final class Tally {
    private int status;
    private int grpcStatus = GrpcAnswer.NONE;
    private long requestBytes;
    private long answerBytes;
    private long toldRequestBytes;
    private long toldAnswerBytes;

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
        requestBytes = end.bytesFromClient();
        answerBytes = end.bytesToClient();
        toldRequestBytes = requestBytes - rest.bytesFromClient();
        toldAnswerBytes = answerBytes - rest.bytesToClient();
    }

    ExchangeEnd ended(ExchangeEnd.How how, int attempts) {
        return new ExchangeEnd(
                how, status, grpcStatus, requestBytes, answerBytes, toldRequestBytes, toldAnswerBytes, attempts);
    }
}
