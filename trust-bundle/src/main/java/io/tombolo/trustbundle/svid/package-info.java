/**
 * X509-SVIDs: what a leaf certificate says about its holder, under the rules of SPIFFE's X509-SVID standard, and the SVID
 * that a process holds itself.
 * <p><b>In:</b> certificates. <b>Out:</b> {@link io.tombolo.trustbundle.svid.SvidLeaf}: well formed, <em>not yet trusted</em>
 * ({@code trustbundle.verify} does that), and {@link io.tombolo.trustbundle.svid.Svid}. <b>Start reading at</b> both.
 * <p><b>May use:</b> {@code model}, the JDK. <b>May not use:</b> BouncyCastle. <b>Threads:</b> any; all immutable.
 */
@NullMarked
package io.tombolo.trustbundle.svid;

import org.jspecify.annotations.NullMarked;
