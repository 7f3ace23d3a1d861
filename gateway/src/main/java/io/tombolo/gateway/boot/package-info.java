/**
 * The program {@code gateway}: reads its settings, builds the rooms of the data plane in their order, and waits for its end.
 * No decision about traffic is taken here.
 * <p><b>Start reading at</b> {@link io.tombolo.gateway.boot.GatewayProgram}; {@link io.tombolo.gateway.boot.GatewayConfig}
 * lists every key, {@link io.tombolo.gateway.boot.Gateway} shows how the rooms are joined.
 * <p><b>May use:</b> {@code dataplane}, Quarkus. <b>Threads:</b> start and stop run on Quarkus' main and shutdown threads.
 */
@NullMarked
package io.tombolo.gateway.boot;

import org.jspecify.annotations.NullMarked;
