/**
 * Contenders that take turns: what each showed round by round, and the tables of it. A ratio is formed within a round, for what
 * disturbed one contender in it disturbed all.
 * <p><b>In:</b> a {@link io.tombolo.benchmarks.turns.Reading} for each turn. <b>Out:</b> tables. <b>Start reading at</b>
 * {@link io.tombolo.benchmarks.turns.Results}. <b>Threads:</b> one.
 */
@NullMarked
package io.tombolo.benchmarks.turns;

import org.jspecify.annotations.NullMarked;
