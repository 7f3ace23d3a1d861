package io.tombolo.dataplane.relay;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpObject;
import io.tombolo.dataplane.flow.ReadGate;
import io.tombolo.model.name.Alpn;

/** Who asked: a connection of HTTP/1.1 during one exchange, or a stream of HTTP/2. On its connection's loop. */
interface Requester {
    /** HTTP_1_1 or H2. */
    Alpn version();

    /** Where everything about it happens. */
    EventLoop loop();

    /** For the exchange that is going on. */
    AnswerWait answerWait();

    /** Room for what is read of its request's body, as much as may be kept. */
    ReplayBuffer buffer();

    /** Whether it may ask more on this connection. */
    boolean mayGoOn();

    /** Writes a part of the answer; takes it over. */
    void write(HttpObject part);

    /** Sends what was written. */
    void flush();

    /** Whether it takes more without our keeping it. */
    boolean isWritable();

    /** Stops or resumes reading its request. */
    void hold(ReadGate.Reason reason, boolean full);

    /**
     * The answer is written.
     * @param goOn            more requests may follow on this connection
     * @param requestComplete all of the request was read
     */
    void exchangeEnded(HttpExchange exchange, boolean goOn, boolean requestComplete);

    /** The answer cannot be completed: says so in the only way there is. */
    void cut();
}
