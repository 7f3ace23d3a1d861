package io.tombolo.dataplane.capture;

import io.tombolo.dataplane.http1.Authority;

/** Opens what a CONNECT asks for. */
@FunctionalInterface
public interface Tunnels {
    /**
     * Called on the channel's loop; must end in {@link ProxyGate#openBytes} or {@link ProxyGate#refuse}.
     * @param target has a port
     */
    void open(ProxyGate gate, Authority target);
}
