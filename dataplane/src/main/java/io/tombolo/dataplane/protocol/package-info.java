/**
 * What is spoken on a connection. A client's first bytes tell its version of HTTP; inside a mesh connection ALPN does, and
 * TCP streams are framed, so that the end of one direction is authenticated and the destination can say that it refused.
 * <p><b>Start reading at</b> {@link io.tombolo.dataplane.protocol.HttpVersionPeek} and
 * {@link io.tombolo.dataplane.protocol.TcpFrames}. <b>May use:</b> {@code model}, {@code flow}, {@code http1}'s limits, Netty. <b>Threads:</b> the channel's loop.
 */
@NullMarked
package io.tombolo.dataplane.protocol;

import org.jspecify.annotations.NullMarked;
