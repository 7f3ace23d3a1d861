/** Tests of what is made of the rounds of all contenders. */
@NullMarked
package io.tombolo.benchmarks.turns;

import org.jspecify.annotations.NullMarked;
