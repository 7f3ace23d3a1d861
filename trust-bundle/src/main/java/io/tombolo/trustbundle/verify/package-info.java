/**
 * Decides whether a certificate chain proves who its holder says it is.
 * <p><b>In:</b> a peer's chain, the {@link io.tombolo.trustbundle.bundle.BundleSet} held now, the time. <b>Out:</b>
 * {@link io.tombolo.trustbundle.verify.VerifiedPeer}, or a fault. <b>Start reading at</b>
 * {@link io.tombolo.trustbundle.verify.PeerVerifier}.
 * <p><b>May use:</b> {@code model}, {@code trustbundle.svid}, {@code trustbundle.bundle}, {@code trustbundle.key}, the JDK's
 * PKIX. <b>May not use:</b> BouncyCastle, any store of system roots. <b>Threads:</b> any; nothing blocks; one
 * verification costs about 0.3 ms.
 */
@NullMarked
package io.tombolo.trustbundle.verify;

import org.jspecify.annotations.NullMarked;
