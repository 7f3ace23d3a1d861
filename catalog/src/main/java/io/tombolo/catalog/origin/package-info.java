/**
 * Room 3 of the federation log: what one cluster published, and whether it is all of it.
 * <p><b>In:</b> {@link io.tombolo.catalog.members.Verified} records of one origin's catalog. <b>Out:</b>
 * {@link io.tombolo.catalog.origin.OriginState}, immutable: live and withdrawn values, position, live digest, completeness.
 * <b>Start reading at</b> {@link io.tombolo.catalog.origin.OriginState}.
 * <p><b>May use:</b> {@code catalog.record}, {@code catalog.members}. <b>May not use:</b> Kafka, the disk. <b>Threads:</b>
 * any; one record costs one bucket of the digest, about 1/256 of the live set.
 */
@NullMarked
package io.tombolo.catalog.origin;

import org.jspecify.annotations.NullMarked;
