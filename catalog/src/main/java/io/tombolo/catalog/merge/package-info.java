/**
 * Many exports of one name become one import, the same in every cluster: a pure function of the set of exports, by the rules
 * of the MCS API (KEP-1645). Which came first does not matter; who is oldest does.
 * <p><b>In:</b> {@link io.tombolo.catalog.merge.Export}s. <b>Out:</b> {@link io.tombolo.catalog.merge.Merged}: the import,
 * the conflicts per exporting cluster, and why. <b>Start reading at</b> {@link io.tombolo.catalog.merge.Merge}.
 * <b>May use:</b> {@code model}. <b>Threads:</b> any; all immutable.
 */
@NullMarked
package io.tombolo.catalog.merge;

import org.jspecify.annotations.NullMarked;
