/**
 * The proxies that are compared: each is one process that passes TLS on by its server name, with one worker.
 * <p><b>In:</b> a workshop and the backend's port. <b>Out:</b> {@link io.tombolo.benchmarks.peer.Contender}. <b>Start reading
 * at</b> it. What is not there is skipped with a reason. <b>Threads:</b> blocking; one at a time.
 */
@NullMarked
package io.tombolo.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
