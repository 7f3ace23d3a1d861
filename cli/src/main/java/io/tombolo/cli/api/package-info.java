/**
 * Calls of a controller's REST API over HTTPS with the context's pinned CA and token. <b>Out:</b> JSON trees, or the
 * controller's fault as a {@code TomboloException}. <b>Threads:</b> blocking, one caller.
 */
@NullMarked
package io.tombolo.cli.api;

import org.jspecify.annotations.NullMarked;
