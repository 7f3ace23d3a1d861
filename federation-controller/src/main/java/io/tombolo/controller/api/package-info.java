/**
 * The controller's REST API under {@code /api/v1}: HTTPS, a bearer token or client certificate for every request, JSON, and the same form for
 * every error.
 * <p><b>In:</b> HTTP. <b>Out:</b> JSON. <b>Start reading at</b> {@link io.tombolo.controller.api.ApiGate}.
 * <p><b>May use:</b> every room of the controller but {@code boot}. <b>Threads:</b> virtual ones; only the gate runs on event
 * loops.
 */
@NullMarked
package io.tombolo.controller.api;

import org.jspecify.annotations.NullMarked;
