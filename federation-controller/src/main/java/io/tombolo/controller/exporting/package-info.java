/**
 * Decides what this cluster says it serves: its services, and which of them it exports.
 * <p><b>In:</b> resources and live proxies. <b>Out:</b> {@link io.tombolo.controller.exporting.LocalServices}. <b>Start
 * reading at</b> that class. <b>May use:</b> {@code store}, {@code enrol}, {@code model}. <b>Threads:</b> any; pure.
 */
@NullMarked
package io.tombolo.controller.exporting;

import org.jspecify.annotations.NullMarked;
