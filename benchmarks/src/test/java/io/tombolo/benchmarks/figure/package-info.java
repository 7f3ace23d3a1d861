/** Tests of what turns texts of the kernel and samples into figures. */
@NullMarked
package io.tombolo.benchmarks.figure;

import org.jspecify.annotations.NullMarked;
