package io.tombolo.dataplane.relay;

import io.tombolo.model.fault.Fault;

/** Hears what a connection that requests come in on has against who sends them. On the connection's loop. */
public interface Complaints {
    /** To be counted: BAD_HTTP_HEAD once when a request of HTTP/1.1 cannot be read, ANSWER_NOT_TAKEN. */
    void fault(Fault why);

    /**
     * A head was refused before it became an exchange, so that no hop will tell of it.
     * @param status what the client was told; 0 = its stream was reset
     */
    void headRefused(int status);

    /** Nothing was asked for {@code http.idle-timeout}: the connection is closed. */
    void idled();
}
