/**
 * The program that a sidecar runs, and whether the application behind it accepts connections.
 * <p><b>Start reading at</b> {@link io.tombolo.dataplane.app.ChildProcess} and {@link io.tombolo.dataplane.app.AppCheck}.
 * <p><b>May use:</b> {@code model}, the JDK. <b>May not use:</b> any other room. <b>Threads:</b> said at each class; waiting
 * blocks.
 */
@NullMarked
package io.tombolo.dataplane.app;

import org.jspecify.annotations.NullMarked;
