/** Tests of the load generator: it must count right, or every figure is wrong. */
@NullMarked
package io.tombolo.benchmarks.load;

import org.jspecify.annotations.NullMarked;
