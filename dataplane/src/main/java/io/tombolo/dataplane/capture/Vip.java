package io.tombolo.dataplane.capture;

import io.tombolo.model.name.Callee;
import java.net.Inet4Address;
import java.util.List;
import java.util.Map;

/**
 * The address of a service, or of one instance of it, as it is now.
 * @param ports   that are listened on, in order; none where the kernel redirects the whole range
 * @param missing ports that are not, and why; while there is one, the address is not given out
 */
public record Vip(Callee callee, Inet4Address address, List<Integer> ports, Map<Integer, String> missing) {
    public Vip {
        ports = List.copyOf(ports);
        missing = Map.copyOf(missing);
    }
}
