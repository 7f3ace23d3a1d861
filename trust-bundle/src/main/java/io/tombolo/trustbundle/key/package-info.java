/**
 * Keys and what is done with a key alone: Ed25519 for records, tokens and nodes, P-256 for TLS, files that only their owner
 * reads, pins, and the byte strings that proofs sign.
 * <p><b>Out:</b> values that hold valid keys; nothing here prints a private one. <b>Start reading at</b>
 * {@link io.tombolo.trustbundle.key.Ed25519Key} and {@link io.tombolo.trustbundle.key.P256Key}.
 * <p><b>May use:</b> {@code model}, {@code trustbundle.pem}, {@code trustbundle.curve}, the JDK's providers. <b>May not use:</b> BouncyCastle.
 * <b>Threads:</b> any; {@link io.tombolo.trustbundle.key.SecretFile} blocks, the rest computes.
 */
@NullMarked
package io.tombolo.trustbundle.key;

import org.jspecify.annotations.NullMarked;
