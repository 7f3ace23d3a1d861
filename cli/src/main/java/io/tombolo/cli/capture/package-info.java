/**
 * {@code tombolo sidecar capture …}: asks a sidecar that runs on this machine, by its administrator's port, and
 * tells the kernel to lead connections to it.
 * <p><b>Start reading at</b> {@link io.tombolo.cli.capture.CaptureCommand}. <b>May use:</b> {@code running}, {@code program}, {@code output}.
 */
@NullMarked
package io.tombolo.cli.capture;

import org.jspecify.annotations.NullMarked;
