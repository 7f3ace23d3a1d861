/**
 * {@code tombolo tap} and {@code tombolo top}: what goes through a sidecar of this machine, now.
 * <p><b>Start reading at</b> {@link io.tombolo.cli.traffic.TapCommand} and {@link io.tombolo.cli.traffic.TopCommand}.
 * <b>May use:</b> {@code running}, {@code output}.
 */
@NullMarked
package io.tombolo.cli.traffic;

import org.jspecify.annotations.NullMarked;
