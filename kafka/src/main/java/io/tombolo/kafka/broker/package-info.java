/**
 * Apache Kafka itself: one node that is broker and controller at once, TLS on every listener, nothing open to strangers.
 * <p><b>In:</b> settings, a held state directory, an identity, a port. <b>Out:</b> a
 * {@link io.tombolo.kafka.broker.RunningBroker}. <b>Start reading at</b> {@link io.tombolo.kafka.broker.BrokerProperties}.
 * <p><b>May use:</b> Kafka; {@code setting}, {@code state}, {@code identity}, {@code principal}. <b>Threads:</b> Kafka's
 * own; {@code RunningBroker} may be stopped from any.
 */
@NullMarked
package io.tombolo.kafka.broker;

import org.jspecify.annotations.NullMarked;
