/**
 * What this cluster says of the health of its services and of its paths to others.
 * <p><b>In:</b> live proxies and what gateways measured. <b>Out:</b> health batches, at most 4 a second, a full one each
 * 10 s. <b>Start reading at</b> {@link io.tombolo.controller.health.HealthSource}. <b>May use:</b> {@code exporting},
 * {@code enrol}, {@code publish}, {@code model}, {@code wire}. <b>Threads:</b> any.
 */
@NullMarked
package io.tombolo.controller.health;

import org.jspecify.annotations.NullMarked;
