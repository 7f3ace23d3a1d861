/**
 * Counters, gauges and histograms of a proxy, and their text for Prometheus. A registry of our own: what is counted for every
 * request lies in plain cells of the loop that counts it, found once per connection; nothing is looked up or made per request.
 * <p><b>Out:</b> {@link io.tombolo.dataplane.metrics.Metrics}. <b>Start reading at</b> it. Names are listed in
 * {@code docs/metrics.md}. <b>May use:</b> {@code model}, the JDK. <b>Threads:</b> any; counting never blocks.
 */
@NullMarked
package io.tombolo.dataplane.metrics;

import org.jspecify.annotations.NullMarked;
