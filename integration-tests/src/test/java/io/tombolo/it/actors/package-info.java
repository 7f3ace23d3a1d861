/**
 * Who acts in the scenarios: real processes, started and killed by name, each with its log below {@code target/logs}.
 * <p><b>Start reading at</b> {@link io.tombolo.it.actors.RunningProgram}. <b>May use:</b> everything that a user may.
 */
@NullMarked
package io.tombolo.it.actors;

import org.jspecify.annotations.NullMarked;
