/**
 * Certificates and keys as bytes: PEM (RFC 7468) for files, DER for the wire.
 * <p><b>In:</b> bytes from users and strangers. <b>Out:</b> the JDK's certificates and keys, read but not yet trusted.
 * <b>Start reading at</b> {@link io.tombolo.trustbundle.pem.Pem} and {@link io.tombolo.trustbundle.pem.Der}.
 * <p><b>May use:</b> {@code model}, the JDK. <b>Threads:</b> any; everything is bounded and nothing blocks.
 */
@NullMarked
package io.tombolo.trustbundle.pem;

import org.jspecify.annotations.NullMarked;
