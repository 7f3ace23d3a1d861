package io.tombolo.dataplane.upstream;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;

/** What one request goes out on: a connection of HTTP/1.1, or a stream of HTTP/2. On its connection's loop. */
public sealed interface HttpUpstream permits HttpConnection, UpstreamStream {
    /** Sends a request's head; what comes back goes to {@code answers} until {@link #finish} or the end. */
    void begin(HttpRequest head, AnswerSink answers);

    /** Sends a part of the body; takes it over. */
    void write(HttpContent content);

    /** Sends what was written. */
    void flush();

    /** Whether it takes more without keeping it. */
    boolean isWritable();

    /** Stops or resumes reading the answer. */
    void hold(boolean full);

    /** Whether its connection is there. */
    boolean isActive();

    /** Whether a request went out on its connection before. */
    boolean isUsedBefore();

    /**
     * The sink wants nothing more.
     * @param reusable runs, now or soon, if it is to be given back for another request
     */
    void finish(boolean requestComplete, Runnable reusable);

    /** Gives up its connection, with everything on it. */
    void close();
}
