/**
 * The door of {@code benchmarks/run}: {@link io.tombolo.benchmarks.boot.Benchmarks} picks what is measured.
 */
@NullMarked
package io.tombolo.benchmarks.boot;

import org.jspecify.annotations.NullMarked;
