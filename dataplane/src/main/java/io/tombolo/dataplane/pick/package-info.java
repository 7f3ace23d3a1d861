/**
 * Which instance gets the next connection or exchange.
 * <p><b>In:</b> what was routed, and what was tried before. <b>Out:</b> an instance, or none. <b>Start reading at</b>
 * {@link io.tombolo.dataplane.pick.InstancePick}, the gateway's choice among instances of its own cluster.
 * <p><b>May use:</b> {@code model}, {@code feed}. <b>May not use:</b> Netty. <b>Threads:</b> any.
 */
@NullMarked
package io.tombolo.dataplane.pick;

import org.jspecify.annotations.NullMarked;
