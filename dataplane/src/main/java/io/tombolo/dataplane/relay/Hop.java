package io.tombolo.dataplane.relay;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.outcome.OutcomeHeader;
import java.time.Duration;
import java.util.Optional;

/**
 * What one exchange asks of its walk: where to go next, and what to make of what came back. One object per exchange, on its
 * loop. Outbound it picks in the mesh, inbound it is the application.
 */
public interface Hop {
    /**
     * Finds a connection for the next attempt, and then calls {@link HttpExchange#connected}, {@link
     * HttpExchange#notConnected} or {@link HttpExchange#refuse}.
     */
    void connect(HttpExchange exchange);

    /** What an answer's head says about itself, and taken out of it. */
    Optional<OutcomeHeader> judge(HttpResponse head);

    /** An answer that is passed on: its head may be changed before. */
    void passing(HttpResponse head);

    /** An attempt broke after its connection was there. */
    void broke(Fault fault, boolean answerBegun);

    /** The other side did not work on the request: nobody failed. */
    void notProcessed();

    /** What follows the body of an answer that is passed on: may be changed before. */
    void passingTrailers(HttpHeaders trailers);

    /** An attempt was answered, but its request not processed: whether there is somebody else to ask. */
    boolean canAskAnother(OutcomeHeader outcome);

    /** Nothing comes back by the way of the current connection: whether another attempt would go by another one. */
    boolean hasOtherWay();

    /**
     * The current connection is not needed any more.
     * @param requestComplete all of the request was sent
     */
    void release(boolean requestComplete);

    /** The client left, or the exchange ended otherwise: nothing follows. */
    void ended(ExchangeEnd end);

    /** The head of an answer that this proxy gives itself. */
    void refusing(Fault fault, HttpHeaders headers);

    /** How long the head of an answer is waited for after the whole request was read, all attempts together; empty = for ever. */
    Optional<Duration> answerWithin();

    /** The same for one attempt, from when all of the request went out on it. */
    Optional<Duration> attemptWithin();

    /** How long is waited before another attempt. */
    Duration backoff();

    /** Whether an answer of that status is no better than none, if the request may be sent again. */
    boolean isAsGoodAsNone(int status);

    /** Such an answer came, and is not passed on. */
    void passedOver(Optional<OutcomeHeader> outcome);

    /** Counts what a tunnel made by Upgrade moves, while it lasts. */
    RelayMeter.Running tunnel();

    /** Of such a tunnel. */
    RelayLimits tunnelLimits();

    /** Which failed attempts are made again. */
    RetryRule retries();
}
