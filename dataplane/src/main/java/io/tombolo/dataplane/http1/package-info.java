/**
 * HTTP/1.1 as strictly as it can be read: what two parsers could understand differently is refused before Netty's codec sees
 * it (RFC 9112 §2, §3, §5, §6, §7, §11).
 * <p><b>In:</b> bytes of one connection. <b>Out:</b> Netty's HTTP objects of one message at a time, or an
 * {@link io.tombolo.dataplane.http1.HttpFlaw}. <b>Start reading at</b> {@link io.tombolo.dataplane.http1.StrictHttp}.
 * <p><b>May use:</b> {@code model}, Netty. <b>May not use:</b> any other room. <b>Threads:</b> a connection's objects live on
 * its loop; nothing blocks.
 */
@NullMarked
package io.tombolo.dataplane.http1;

import org.jspecify.annotations.NullMarked;
