/**
 * The backbone's own small PKI: a CA that admits clients, the administrator's certificate, and the broker's.
 * <p><b>In:</b> a held state directory. <b>Out:</b> {@code admin/} for the federation's authority, and a
 * {@link io.tombolo.kafka.identity.BrokerIdentity} in memory. <b>Start reading at</b>
 * {@link io.tombolo.kafka.identity.BackboneIdentities}.
 * <p><b>May use:</b> {@code model}, {@code trustbundle.x509}, {@code setting}, {@code state}. <b>May not use:</b> Kafka.
 * <b>Threads:</b> the starting thread.
 */
@NullMarked
package io.tombolo.kafka.identity;

import org.jspecify.annotations.NullMarked;
