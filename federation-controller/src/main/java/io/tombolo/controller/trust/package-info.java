/**
 * The CA of this cluster and what it says of itself to others: its bundle.
 * <p><b>In:</b> the state directory and the trust domain. <b>Out:</b> {@link io.tombolo.controller.trust.ClusterCa}.
 * <p><b>May use:</b> {@code identity}, {@code trustbundle}. <b>Threads:</b> any but event loops.
 */
@NullMarked
package io.tombolo.controller.trust;

import org.jspecify.annotations.NullMarked;
