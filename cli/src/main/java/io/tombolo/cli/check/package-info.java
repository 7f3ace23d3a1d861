/**
 * {@code tombolo check}: has everything looked at, has it judged, and shows what is not well. <b>Start reading at</b>
 * {@link io.tombolo.cli.check.CheckCommand}.
 */
@NullMarked
package io.tombolo.cli.check;

import org.jspecify.annotations.NullMarked;
