/**
 * The broker's directory: held by one process at a time, and the port that its clients know remembered in it.
 * <p><b>In:</b> {@link io.tombolo.kafka.setting.BrokerSettings}. <b>Out:</b> {@link io.tombolo.kafka.state.StateDirectory},
 * locked, and the listening port. <b>Start reading at</b> {@link io.tombolo.kafka.state.StateDirectory}.
 * <p><b>May use:</b> {@code model}, {@code setting}. <b>May not use:</b> Kafka. <b>Threads:</b> the starting thread; the
 * shutdown thread closes.
 */
@NullMarked
package io.tombolo.kafka.state;

import org.jspecify.annotations.NullMarked;
