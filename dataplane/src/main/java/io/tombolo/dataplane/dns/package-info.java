/**
 * Answers questions for names below {@code clusterset.local}, and nobody else's.
 * <p><b>In:</b> datagrams and streams of this machine (RFC 1035, EDNS of RFC 6891), the configuration, and who gives out
 * addresses. <b>Out:</b> replies of less than 512 bytes. <b>Start reading at</b> {@link io.tombolo.dataplane.dns.ClustersetZone}
 * (what is answered), {@link io.tombolo.dataplane.dns.QueryReader} (what is understood) and
 * {@link io.tombolo.dataplane.dns.DnsPort} (the network). <p><b>May use:</b> {@code model}, {@code feed}, {@code loop},
 * {@code metrics}; Netty in the port only. <b>Threads:</b> a reply may come on any; the rest is the port's loop.
 */
@NullMarked
package io.tombolo.dataplane.dns;

import org.jspecify.annotations.NullMarked;
