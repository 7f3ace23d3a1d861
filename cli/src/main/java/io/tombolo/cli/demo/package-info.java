/**
 * {@code tombolo demo}: three clusters on this machine, linked by the same commands and programs that real ones use, with
 * traffic moving away from what dies and back. <b>Start reading at</b> {@link io.tombolo.cli.demo.DemoCommand} and then
 * {@link io.tombolo.cli.demo.Walk}. {@code tombolo rehearse} starts the same household for what its JVMs learn:
 * {@link io.tombolo.cli.demo.Rehearsal}. <b>May use:</b> every room of the command line. Everything it starts it ends.
 */
@NullMarked
package io.tombolo.cli.demo;

import org.jspecify.annotations.NullMarked;
