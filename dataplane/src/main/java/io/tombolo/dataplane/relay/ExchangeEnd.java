package io.tombolo.dataplane.relay;

/**
 * How an exchange ended.
 * @param status       what the client was told; 0 = nothing before it left
 * @param grpcStatus   that the answer carried, 0 to 16; {@link GrpcAnswer#NONE} = none
 * @param requestBytes of the body that the client sent, or of a whole tunnel
 * @param answerBytes  of the body that it got
 * @param toldRequestBytes of these, what {@link Hop#tunnel} has told of already
 * @param toldAnswerBytes  of those
 * @param attempts     1 or more
 */
public record ExchangeEnd(
        How how,
        int status,
        int grpcStatus,
        long requestBytes,
        long answerBytes,
        long toldRequestBytes,
        long toldAnswerBytes,
        int attempts) {
    /** Who ended it. */
    public enum How {
        /** The answer was passed on as a whole. */
        COMPLETE,
        /** The client left. */
        CLIENT_GONE,
        /** The answer broke off. */
        CUT
    }
}
