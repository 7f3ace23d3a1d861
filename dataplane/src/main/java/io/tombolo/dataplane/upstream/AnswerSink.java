package io.tombolo.dataplane.upstream;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.tombolo.model.fault.Fault;

/** Takes what comes back on a connection that a request went out on. Called on the connection's loop. */
public interface AnswerSink {
    /** A head: none or several of status 1xx, then one other. */
    void answerHead(HttpResponse head);

    /** A part of the body, which the callee releases; the last one is a {@code LastHttpContent}. */
    void answerContent(HttpContent content);

    /** Nothing more for the moment: a good time to flush. */
    void answerFlush();

    /** The connection takes more of the request again. */
    void upstreamWritable();

    /** Nothing comes back by the connection's path: whether the request is better off lost than waiting. */
    boolean isBetterLost();

    /** The connection broke, or what came was no HTTP; nothing else follows. */
    void upstreamLost(Fault fault, String what);

    /** The other side did not work on the request and never will; nothing else follows. */
    void upstreamRefused(String what);
}
