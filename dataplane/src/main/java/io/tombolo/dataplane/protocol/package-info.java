/**
 * What is spoken inside a mesh connection once both sides are known. HTTP/1.1 needs nothing here; TCP streams are framed, so
 * that the end of one direction is authenticated and the destination can say that it refused.
 * <p><b>Start reading at</b> {@link io.tombolo.dataplane.protocol.TcpFrames}. <b>May use:</b> {@code model}, {@code flow},
 * Netty. <b>Threads:</b> the channel's loop.
 */
@NullMarked
package io.tombolo.dataplane.protocol;

import org.jspecify.annotations.NullMarked;
