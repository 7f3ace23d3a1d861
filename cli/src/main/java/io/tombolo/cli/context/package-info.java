/**
 * Which controllers this user knows: the contexts file (0600) that {@code controller run} writes.
 * <b>Start reading at</b> {@link io.tombolo.cli.context.Contexts}.
 */
@NullMarked
package io.tombolo.cli.context;

import org.jspecify.annotations.NullMarked;
