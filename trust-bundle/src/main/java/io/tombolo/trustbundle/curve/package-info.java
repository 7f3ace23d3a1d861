/**
 * The arithmetic of Ed25519 on raw bytes, by BouncyCastle: the log is verified record by record, and the JDK takes six times
 * as long for one (ADR-0012).
 * <p><b>In and out:</b> byte arrays. <b>Start reading at</b> {@link io.tombolo.trustbundle.curve.Ed25519Point}.
 * <p><b>May use:</b> BouncyCastle's {@code math}. <b>May not use:</b> its provider, anything else of Tombolo.
 * <b>Threads:</b> any; all immutable.
 */
@NullMarked
package io.tombolo.trustbundle.curve;

import org.jspecify.annotations.NullMarked;
