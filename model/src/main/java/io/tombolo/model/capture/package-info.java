/**
 * What the kernel of one machine is told so that connections come to a sidecar of their own accord.
 * <p><b>Out:</b> {@link io.tombolo.model.capture.CaptureRules}, as text for {@code nft}. <b>Start reading at</b> it. <b>May
 * use:</b> {@code model.catalog} (address ranges), {@code model.name}, {@code model.fault}. Nothing here runs a program.
 * <b>Threads:</b> any; all immutable.
 */
@NullMarked
package io.tombolo.model.capture;

import org.jspecify.annotations.NullMarked;
