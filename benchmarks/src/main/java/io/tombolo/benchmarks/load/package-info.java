/**
 * Load, with or without TLS: a backend in a process of its own, and a client that keeps places busy with one request at a time (closed
 * loop) or keeps to a rate whatever the answers do. In TCP a request is 64 bytes, the first 4 of which say how long the answer is.
 * <p><b>Start reading at</b> {@link io.tombolo.benchmarks.load.CallLoad}; passthrough has {@link io.tombolo.benchmarks.load.Load}. <b>May use:</b> Netty with BoringSSL, one event loop
 * a side. <b>Threads:</b> callers block; the rest is on the loop.
 */
@NullMarked
package io.tombolo.benchmarks.load;

import org.jspecify.annotations.NullMarked;
