/**
 * One line of JSON for every exchange or connection that ended, for people who ask later who called whom and how it went.
 * Fields are listed in {@code docs/access-log.md}. No secret and, unless asked for, no query is in it.
 * <p><b>In:</b> {@link io.tombolo.dataplane.accesslog.Access}, from event loops. <b>Out:</b> a file or standard error, and whoever
 * looks on through a {@link io.tombolo.dataplane.accesslog.Tap}.
 * <b>Start reading at</b> {@link io.tombolo.dataplane.accesslog.AccessLog}.
 * <p><b>May use:</b> {@code model}, {@code metrics}, the JDK. <b>Threads:</b> entries come from any and never wait; one thread
 * of its own writes. What the bounded queue does not take is dropped and counted.
 */
@NullMarked
package io.tombolo.dataplane.accesslog;

import org.jspecify.annotations.NullMarked;
