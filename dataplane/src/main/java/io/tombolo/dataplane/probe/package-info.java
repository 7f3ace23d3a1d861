/**
 * Measures paths to gateways through their data port, where the traffic goes: one kept mTLS connection per gateway instance,
 * a ping a second, a fresh handshake a minute. Both ends are here.
 * <p><b>In:</b> {@link io.tombolo.dataplane.probe.ProbeTarget}s. <b>Out:</b> {@link io.tombolo.dataplane.probe.ProbeResult}s.
 * <b>Start reading at</b> {@link io.tombolo.dataplane.probe.Probes}; the frame is
 * {@link io.tombolo.dataplane.probe.ProbeFrame}. Probes decide paths only, never the health of a service.
 * <p><b>May use:</b> {@code loop}, {@code tls}, {@code metrics}, Netty. <b>Threads:</b> each probe on one loop; results are
 * handed out on it.
 */
@NullMarked
package io.tombolo.dataplane.probe;

import org.jspecify.annotations.NullMarked;
