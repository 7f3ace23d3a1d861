/**
 * The second room of the gateway: reads the ClientHello (RFC 8446 §4.1.2) of a connection that it does not decrypt, for the
 * server name and the ALPN names. A stranger's bytes: every length is checked, the whole is at most 16 KiB in at most 5 s.
 * <p><b>In:</b> {@link io.tombolo.dataplane.accept.Accepted}. <b>Out:</b> {@link io.tombolo.dataplane.hello.Greeted}, or a
 * refusal that looks the same for every reason. <b>Start reading at</b> {@link io.tombolo.dataplane.hello.HelloHandler};
 * {@link io.tombolo.dataplane.hello.ClientHello} is the parser.
 * <p><b>May use:</b> {@code accept}, {@code metrics}, Netty's buffers. <b>Threads:</b> the connection's loop.
 */
@NullMarked
package io.tombolo.dataplane.hello;

import org.jspecify.annotations.NullMarked;
