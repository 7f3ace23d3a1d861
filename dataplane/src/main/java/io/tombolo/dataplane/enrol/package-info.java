/**
 * How this proxy gets and keeps its identity: a node key that never leaves the state directory, a registration by token, and
 * renewals that the node key signs.
 * <p><b>In:</b> a workload or gateway token, and what a former run left on disk. <b>Out:</b>
 * {@link io.tombolo.dataplane.enrol.Identity}, renewed in place. <b>Start reading at</b>
 * {@link io.tombolo.dataplane.enrol.Enroller}.
 * <p><b>May use:</b> {@code wire}, {@code trustbundle}, gRPC. <b>May not use:</b> event loops of the data path.
 * <b>Threads:</b> everything here blocks, except reading the identity held.
 */
@NullMarked
package io.tombolo.dataplane.enrol;

import org.jspecify.annotations.NullMarked;
