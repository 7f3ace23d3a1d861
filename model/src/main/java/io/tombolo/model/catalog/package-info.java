/**
 * What clusters tell each other, as values: exports, gateways, health, freshness, members. No signature and no byte of the
 * wire here; {@code wire} turns messages into these, {@code catalog} decides which of them are believed.
 * <p><b>Start reading at</b> {@link io.tombolo.model.catalog.ImportedService}. <b>May use:</b> {@code model.name},
 * {@code model.fault}, {@code model.setting}. <b>Threads:</b> any; all immutable.
 */
@NullMarked
package io.tombolo.model.catalog;

import org.jspecify.annotations.NullMarked;
