/**
 * Makes certificates and certificate requests: with {@code curve} the only room that BouncyCastle may enter.
 * <p><b>In:</b> public keys and names that somebody else has proven. <b>Out:</b> chains of the JDK's certificates, leaf first;
 * no BouncyCastle type leaves. <b>Start reading at</b> {@link io.tombolo.trustbundle.x509.CertificateAuthority}.
 * <p><b>May use:</b> {@code model}, {@code trustbundle.key}, {@code trustbundle.pem}, {@code trustbundle.svid},
 * BouncyCastle. Signing is done by the JDK's providers. <b>Threads:</b> any; nothing blocks; a signature costs about 0.3 ms.
 */
@NullMarked
package io.tombolo.trustbundle.x509;

import org.jspecify.annotations.NullMarked;
