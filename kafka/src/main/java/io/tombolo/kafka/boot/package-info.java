/**
 * The program {@code tombolo kafka run}: reads settings, takes the directory, starts the broker, says when it is ready,
 * and ends it in order.
 * <p><b>In:</b> arguments. <b>Out:</b> one line {@code backbone ready bootstrap=HOST:PORT} on stdout, the file
 * {@code ready}, and errors on stderr. <b>Start reading at</b> {@link io.tombolo.kafka.boot.EmbeddedBroker}.
 * <p><b>May use:</b> all rooms of this module. <b>Threads:</b> main, and one shutdown hook.
 */
@NullMarked
package io.tombolo.kafka.boot;

import org.jspecify.annotations.NullMarked;
