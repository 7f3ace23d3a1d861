/**
 * The two CAs of this cluster: {@link io.tombolo.controller.trust.ClusterCa} for its own controllers, for ever, and
 * {@link io.tombolo.controller.trust.MeshCa} for its SVIDs, one per epoch, whose bundle others are told.
 * <p><b>In:</b> the state directory, the membership and the trust domain.
 * <p><b>May use:</b> {@code identity}, {@code trustbundle}. <b>Threads:</b> any but event loops.
 */
@NullMarked
package io.tombolo.controller.trust;

import org.jspecify.annotations.NullMarked;
