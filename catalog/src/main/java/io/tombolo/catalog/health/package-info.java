/**
 * What each cluster says of its instances and paths; short-lived, the latest wins, and what is absent is unknown.
 * <p><b>In:</b> {@link io.tombolo.catalog.members.Verified} records of a {@code health} topic. <b>Out:</b>
 * {@link io.tombolo.catalog.health.OriginHealth}; own batches are cut by {@link io.tombolo.catalog.health.HealthBatches}.
 * <b>May use:</b> {@code catalog.record}, {@code catalog.members}. <b>Threads:</b> any; values are immutable.
 */
@NullMarked
package io.tombolo.catalog.health;

import org.jspecify.annotations.NullMarked;
