/**
 * Beside the control walk: everything that the federation needs Kafka to have or to be, and nothing of what is written there.
 * <p><b>In:</b> where Kafka is and a client certificate ({@link io.tombolo.controller.backbone.ConnectionFile}, or what a
 * join brought), and the members as the log says. <b>Out:</b> topics and ACLs as they must be
 * ({@link io.tombolo.controller.backbone.BackboneAdmin}), client settings for the rooms that read and write
 * ({@link io.tombolo.controller.backbone.BackboneConnection}), member certificates
 * ({@link io.tombolo.controller.backbone.BackboneCredentials}). <b>Start reading at</b>
 * {@link io.tombolo.controller.backbone.BackboneAdmin}. Nothing here, and nothing that uses it, knows whether Kafka is the
 * embedded one.
 * <p><b>May use:</b> kafka-clients, {@code model}, {@code trustbundle}. <b>May not use:</b> other rooms. <b>Threads:</b>
 * {@code BackboneAdmin} blocks, within its limits: never call it on an event loop. The rest is immutable.
 */
@NullMarked
package io.tombolo.controller.backbone;

import org.jspecify.annotations.NullMarked;
