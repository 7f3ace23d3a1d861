/**
 * What HTTP/1.1, HTTP/2, gRPC and TCP through sidecars cost beside Envoy and HAProxy: one hop out, one hop in; of HTTP/1.1 the
 * whole way, too, and new connections.
 * <p><b>In:</b> running {@link io.tombolo.benchmarks.peer.Contender}s. <b>Out:</b> tables of CPU time, throughput and latency.
 * <b>Start reading at</b> {@link io.tombolo.benchmarks.http.HttpBench}. <b>Threads:</b> blocking; one at a time.
 */
@NullMarked
package io.tombolo.benchmarks.http;

import org.jspecify.annotations.NullMarked;
