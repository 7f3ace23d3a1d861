/**
 * Brings the feed to the proxies and their reports back: gRPC on :15010, beside enrolment.
 * <p><b>In:</b> {@link io.tombolo.controller.importing.FeedSource}. <b>Out:</b> updates with digest; reports into {@code
 * enrol} and {@code health}. <b>Start reading at</b> {@link io.tombolo.controller.push.FeedService}. <b>May use:</b> {@code
 * importing}, {@code enrol}, {@code health}, gRPC. <b>Threads:</b> virtual ones.
 */
@NullMarked
package io.tombolo.controller.push;

import org.jspecify.annotations.NullMarked;
