/**
 * The verified state on disk: a controller starts and serves from it with Kafka and every peer down.
 * <p><b>In:</b> {@link io.tombolo.catalog.log.FederationLog} and reading positions. <b>Out:</b>
 * {@link io.tombolo.catalog.snapshot.Snapshot}, verified again signature by signature. <b>Start reading at</b>
 * {@link io.tombolo.catalog.snapshot.SnapshotFile}. <b>May use:</b> {@code wire.file}, the rooms of {@code catalog}.
 * <b>Threads:</b> any that may block on the disk; one at a time.
 */
@NullMarked
package io.tombolo.catalog.snapshot;

import org.jspecify.annotations.NullMarked;
