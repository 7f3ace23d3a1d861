/**
 * Trust bundles: the roots of each trust domain, in SPIFFE's JWK Set form, and the set of them that a process holds.
 * <p><b>In:</b> JWK Sets from the federation log, the feed, and files. <b>Out:</b> {@link io.tombolo.trustbundle.bundle.BundleSet}.
 * <b>Start reading at</b> {@link io.tombolo.trustbundle.bundle.TrustBundle}.
 * <p><b>May use:</b> {@code model}, {@code trustbundle.pem}, {@code trustbundle.svid}, Jackson's streaming and tree API.
 * <b>Threads:</b> any; all immutable.
 */
@NullMarked
package io.tombolo.trustbundle.bundle;

import org.jspecify.annotations.NullMarked;
