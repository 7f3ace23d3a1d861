/**
 * Follows the federation log: reads, verifies, keeps a snapshot on disk, and tells who listens.
 * <p><b>In:</b> records of all members. <b>Out:</b> one {@code CatalogView} after the other. <b>Start reading at</b>
 * {@link io.tombolo.controller.subscribe.CatalogFeed}. <b>May use:</b> {@code wire}, {@code catalog}, {@code backbone}.
 */
@NullMarked
package io.tombolo.controller.subscribe;

import org.jspecify.annotations.NullMarked;
