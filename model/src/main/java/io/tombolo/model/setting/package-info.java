/**
 * Checking of settings: one value at a time ({@link io.tombolo.model.setting.Setting}) and a whole configuration, reported
 * once ({@link io.tombolo.model.setting.Problems}).
 * <p><b>May use:</b> {@code model.fault}. <b>Threads:</b> {@code Problems} is confined to the thread that collects.
 */
@NullMarked
package io.tombolo.model.setting;

import org.jspecify.annotations.NullMarked;
