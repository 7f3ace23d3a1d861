/**
 * HTTP/2 (RFC 9113) as Netty reads it, with our limits on what a stranger may make us do, and the translation between its
 * header lists and the messages that the rest of the walk speaks. What does not survive a translation to HTTP/1.1 unchanged is
 * refused here.
 * <p><b>In:</b> bytes of one connection that begins with HTTP/2's preface. <b>Out:</b> frames to a listener, messages checked.
 * <b>Start reading at</b> {@link io.tombolo.dataplane.http2.Http2Codec} and {@link io.tombolo.dataplane.http2.HeadersIn}.
 * <p><b>May use:</b> {@code model}, {@code http1}'s grammar, {@code flow}, {@code metrics}, Netty. <b>Threads:</b> a connection's objects live
 * on its loop; nothing blocks.
 */
@NullMarked
package io.tombolo.dataplane.http2;

import org.jspecify.annotations.NullMarked;
