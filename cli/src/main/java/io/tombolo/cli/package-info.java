/**
 * The command {@code tombolo}: what a user types, and what the user is told.
 * <p><b>In:</b> arguments, a context file, the controller's REST API. <b>Out:</b> text, JSON or YAML on stdout, errors on
 * stderr, an exit code that scripts can use. <b>Start reading at</b> {@link io.tombolo.cli.Tombolo}.
 * <p><b>May use:</b> {@code model} and {@code wire}, picocli, Jackson, the JDK's HTTP client.
 */
@NullMarked
package io.tombolo.cli;

import org.jspecify.annotations.NullMarked;
