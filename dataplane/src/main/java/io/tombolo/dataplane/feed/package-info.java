/**
 * What this proxy knows: the configuration that its controller pushes, verified and swapped in as a whole.
 * <p><b>In:</b> updates of {@code feed.proto}, and the file of the last verified state. <b>Out:</b>
 * {@link io.tombolo.dataplane.feed.ProxyConfig}, immutable. <b>Start reading at</b>
 * {@link io.tombolo.dataplane.feed.CurrentConfig} (what loops read) and {@link io.tombolo.dataplane.feed.FeedClient}.
 * <p><b>May use:</b> {@code model}, {@code wire}, {@code trustbundle}, gRPC. <b>May not use:</b> event loops of the data path.
 * <b>Threads:</b> reading is lock-free on any thread; all writing happens on the feed's own.
 */
@NullMarked
package io.tombolo.dataplane.feed;

import org.jspecify.annotations.NullMarked;
