/**
 * Turns what the federation says into what each proxy of this cluster may know.
 * <p><b>In:</b> the catalog view, this cluster's services and proxies. <b>Out:</b> feed entries by role. <b>Start reading
 * at</b> {@link io.tombolo.controller.importing.FeedSource}. <b>May use:</b> {@code subscribe}, {@code exporting}, {@code
 * health}, {@code enrol}, {@code trust}, {@code wire.codec}. <b>Threads:</b> any; pure.
 */
@NullMarked
package io.tombolo.controller.importing;

import org.jspecify.annotations.NullMarked;
