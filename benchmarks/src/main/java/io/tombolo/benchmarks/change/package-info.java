/**
 * What one change costs a controller that has very many services: its rooms driven in this process, by one thread, without
 * Kafka and without Kubernetes.
 * <p><b>Start reading at</b> {@link io.tombolo.benchmarks.change.ChangeBench}.
 */
@NullMarked
package io.tombolo.benchmarks.change;

import org.jspecify.annotations.NullMarked;
