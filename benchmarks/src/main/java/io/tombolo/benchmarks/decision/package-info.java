/**
 * What it costs a controller to divide traffic anew: the pure decision alone, in this process.
 * <p><b>Start reading at</b> {@link io.tombolo.benchmarks.decision.DecisionBench}.
 */
@NullMarked
package io.tombolo.benchmarks.decision;

import org.jspecify.annotations.NullMarked;
