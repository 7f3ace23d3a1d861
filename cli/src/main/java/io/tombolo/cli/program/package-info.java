/**
 * Starting controller, gateway, sidecar and broker: their JVM flags, their keys, and the plan that the launcher
 * executes so that the program replaces the shell (its pid, signals and exit code are its own).
 */
@NullMarked
package io.tombolo.cli.program;

import org.jspecify.annotations.NullMarked;
