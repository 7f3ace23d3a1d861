/**
 * Traces: whether an exchange belongs to one (W3C Trace Context), and the spans that say how it went, sent to a collector (OTLP
 * over HTTP). Off unless a collector is named; then a request costs nothing.
 * <p><b>In:</b> the text of {@code traceparent}, and {@link io.tombolo.dataplane.accesslog.Access} at the end, from event loops.
 * <b>Out:</b> what goes on as {@code traceparent}, and batches to the collector. <b>Start reading at</b>
 * {@link io.tombolo.dataplane.trace.Tracing}.
 * <p><b>May use:</b> {@code accesslog}, {@code metrics}, {@code wire.otlp}, the JDK. <b>May not use:</b> Netty.
 * <b>Threads:</b> spans come from any and never wait; one thread of its own sends. What the bounded queue does not take is
 * dropped and counted.
 */
@NullMarked
package io.tombolo.dataplane.trace;

import org.jspecify.annotations.NullMarked;
