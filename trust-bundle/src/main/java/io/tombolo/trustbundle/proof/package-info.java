/**
 * The byte strings that proofs sign, in one place, so that the side that signs and the side that verifies cannot drift apart.
 * <p><b>Start reading at</b> {@link io.tombolo.trustbundle.proof.ProofText}. <b>May use:</b> {@code trustbundle.key}.
 * <b>Threads:</b> any; pure functions.
 */
@NullMarked
package io.tombolo.trustbundle.proof;

import org.jspecify.annotations.NullMarked;
