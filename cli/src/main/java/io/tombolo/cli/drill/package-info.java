/**
 * A rehearsed failover: a cluster is taken away for a while, real calls are watched meanwhile, and a guard ends it early.
 * <p><b>In:</b> a way to make a cluster go ({@link io.tombolo.cli.drill.Outage}), calls to watch
 * ({@link io.tombolo.cli.drill.Watched}), a controller to ask. <b>Out:</b> a timeline in seconds. <b>Start reading at</b>
 * {@link io.tombolo.cli.drill.DrillCommand} and then {@link io.tombolo.cli.drill.Drill}; {@link io.tombolo.cli.drill.Guard} and
 * {@link io.tombolo.cli.drill.Timeline} are pure.
 */
@NullMarked
package io.tombolo.cli.drill;

import org.jspecify.annotations.NullMarked;
