/**
 * Counters and gauges of a proxy, and their text for Prometheus. A registry of our own: a proxy has some thirty numbers, and
 * each counter is one {@code LongAdder}.
 * <p><b>Out:</b> {@link io.tombolo.dataplane.metrics.Metrics}. <b>Start reading at</b> it. Names are listed in
 * {@code docs/metrics.md}. <b>May use:</b> {@code model.fault}, the JDK. <b>Threads:</b> any; counting never blocks.
 */
@NullMarked
package io.tombolo.dataplane.metrics;

import org.jspecify.annotations.NullMarked;
