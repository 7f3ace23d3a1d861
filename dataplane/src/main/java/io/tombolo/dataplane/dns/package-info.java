/**
 * Answers questions for names below {@code clusterset.local}, and nobody else's, by the MCS DNS specification 1.0.0.
 * <p><b>In:</b> datagrams and streams (RFC 1035, EDNS of RFC 6891), and what is known of the names. <b>Out:</b> replies, by datagram
 * of at most 512 bytes. <b>Start reading at</b> {@link io.tombolo.dataplane.dns.ZoneName} and
 * {@link io.tombolo.dataplane.dns.ServiceAnswers} (what is answered), {@link io.tombolo.dataplane.dns.Directory} (by what is known),
 * {@link io.tombolo.dataplane.dns.QueryReader} (what is understood) and {@link io.tombolo.dataplane.dns.DnsPort} (the network). <p><b>May use:</b> {@code model}, {@code feed}, {@code loop},
 * {@code metrics}; Netty in the port only. <b>Threads:</b> a reply may come on any; the rest is the port's loop.
 */
@NullMarked
package io.tombolo.dataplane.dns;

import org.jspecify.annotations.NullMarked;
