/**
 * What a gateway's relay costs beside Envoy's and HAProxy's.
 * <p><b>In:</b> running {@link io.tombolo.benchmarks.peer.Contender}s. <b>Out:</b> tables of CPU time and throughput. <b>Start
 * reading at</b> {@link io.tombolo.benchmarks.passthrough.PassthroughBench}. <b>Threads:</b> blocking; one at a time.
 */
@NullMarked
package io.tombolo.benchmarks.passthrough;

import org.jspecify.annotations.NullMarked;
