/**
 * Who a client of the broker is: the one common name of its certificate.
 * <p><b>In:</b> an authenticated TLS session. <b>Out:</b> {@code User:<CN>}, or the anonymous user that has no rights.
 * <b>Start reading at</b> {@link io.tombolo.kafka.principal.CertificatePrincipals}.
 * <p><b>May use:</b> kafka-clients. <b>Threads:</b> Kafka's network threads; stateless.
 */
@NullMarked
package io.tombolo.kafka.principal;

import org.jspecify.annotations.NullMarked;
