/**
 * Mutual TLS 1.3 with SVIDs, on Netty channels. Keys and roots are asked for at every handshake, so they rotate without a
 * restart; nothing is ever resumed, for a resumed session would skip verification.
 * <p><b>In:</b> suppliers of the own {@code Svid} and of the {@code BundleSet} held now. <b>Out:</b>
 * {@link io.tombolo.dataplane.tls.Established}, also kept on the channel. <b>Start reading at</b>
 * {@link io.tombolo.dataplane.tls.MeshTls}.
 * <p><b>May use:</b> {@code model}, {@code trustbundle}, Netty's TLS. <b>Threads:</b> any; handshakes run on the channel's
 * loop and cost about 1 ms of it.
 */
@NullMarked
package io.tombolo.dataplane.tls;

import org.jspecify.annotations.NullMarked;
