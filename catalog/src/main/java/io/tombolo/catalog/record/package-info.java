/**
 * Room 1 of the federation log: one record, as bytes and as a value. Nobody is believed here yet; a
 * {@link io.tombolo.catalog.record.SignedRecord} only has the right shape.
 * <p><b>In:</b> bytes of a Kafka record, or a {@link io.tombolo.catalog.record.Payload} to be signed. <b>Out:</b> a
 * {@link io.tombolo.catalog.record.SignedRecord}, or a refusal with its code. <b>Start reading at</b>
 * {@link io.tombolo.catalog.record.RecordReader} and {@link io.tombolo.catalog.record.RecordSigner}.
 * <p><b>May use:</b> {@code model}, {@code wire}, keys of {@code trust-bundle}. <b>May not use:</b> Kafka, any other room
 * of {@code catalog}. <b>Threads:</b> any; all immutable. Signing and verifying take about 0.1 ms: not for event loops.
 */
@NullMarked
package io.tombolo.catalog.record;

import org.jspecify.annotations.NullMarked;
