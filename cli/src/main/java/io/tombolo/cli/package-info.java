/**
 * The {@code tombolo} command. Talks to a controller's API; what must run as a process of its own it hands to the launcher as
 * an {@link io.tombolo.cli.program.ExecPlan}. <b>Start reading at</b> {@link io.tombolo.cli.Tombolo}.
 * <p><b>May use:</b> {@code model}, {@code wire}, {@code trust-bundle}, picocli, Jackson. <b>May not use:</b> Kafka, Netty.
 */
@NullMarked
package io.tombolo.cli;

import org.jspecify.annotations.NullMarked;
