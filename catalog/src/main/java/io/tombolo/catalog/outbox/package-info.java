/**
 * What this cluster has signed and not yet brought to the backbone, on disk before anybody hears of it, and who its writer is.
 * <p><b>In:</b> signed records of the own cluster. <b>Out:</b> those that still must be sent, in order.
 * <b>Start reading at</b> {@link io.tombolo.catalog.outbox.Outbox}. <b>May use:</b> {@code catalog.record},
 * {@code wire.file}. <b>Threads:</b> one at a time; every change waits for an fsync.
 */
@NullMarked
package io.tombolo.catalog.outbox;

import org.jspecify.annotations.NullMarked;
