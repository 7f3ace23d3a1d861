/**
 * Room 4 of the federation log: what the rest of the controller reads. Admitted members only, payloads as values, imports
 * merged.
 * <p><b>In:</b> {@link io.tombolo.catalog.log.FederationLog} and the time. <b>Out:</b>
 * {@link io.tombolo.catalog.view.CatalogView}, immutable. <b>Start reading at</b> it. <b>May use:</b> every room of
 * {@code catalog} but the disk's. <b>Threads:</b> any.
 */
@NullMarked
package io.tombolo.catalog.view;

import org.jspecify.annotations.NullMarked;
