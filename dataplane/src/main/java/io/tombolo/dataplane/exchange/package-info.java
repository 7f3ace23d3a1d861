/**
 * Puts the rooms of the sidecar together: the outbound walk from a captured connection into the mesh, and the inbound walk
 * from a mesh connection to the application.
 * <p><b>Start reading at</b> {@link io.tombolo.dataplane.exchange.Outbound} and
 * {@link io.tombolo.dataplane.exchange.Inbound}. <b>May use:</b> every room of the walk. Nobody uses it but {@code boot}, and
 * {@code terminate} for workloads without a sidecar.
 * <b>Threads:</b> each connection and everything that it needs lives on one loop.
 */
@NullMarked
package io.tombolo.dataplane.exchange;

import org.jspecify.annotations.NullMarked;
