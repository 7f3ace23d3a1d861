/**
 * Brings what this cluster says to the federation log: signs, keeps in an outbox, sends when Kafka answers.
 * <p><b>In:</b> payloads of this cluster. <b>Out:</b> signed records on the backbone. <b>Start reading at</b>
 * {@link io.tombolo.controller.publish.CatalogWriter}. <b>May use:</b> {@code wire}, {@code catalog}, {@code backbone}.
 */
@NullMarked
package io.tombolo.controller.publish;

import org.jspecify.annotations.NullMarked;
