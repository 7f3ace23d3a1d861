package io.tombolo.benchmarks.terraform;

/**
 * Of one run.
 * @param seconds    on the wall
 * @param cpuSeconds of everything that ran for it
 */
record Cost(double seconds, double cpuSeconds) {}
