package io.tombolo.sidecar.boot;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ServiceName;
import java.net.InetAddress;
import java.util.Map;

/** Reads {@code checkout.shop=10.96.0.10}. */
final class VipText {
    private VipText() {}

    static Map.Entry<InetAddress, ServiceName> parse(String text) {
        int equals = text.indexOf('=');
        try {
            InetAddress address = InetAddress.ofLiteral(text.substring(equals + 1));
            boolean usable = equals > 0 && text.indexOf('.') < equals && text.indexOf('.') > 0;
            if (usable
                    && !address.isLoopbackAddress()
                    && !address.isAnyLocalAddress()
                    && !address.isMulticastAddress()) {
                return Map.entry(address, ServiceName.parse(text.substring(0, equals), "default"));
            }
        } catch (IllegalArgumentException noAddress) {
            throw bad(text);
        }
        throw bad(text);
    }

    private static TomboloException bad(String text) {
        return new TomboloException(
                Fault.BAD_SETTING,
                "vip '" + text + "'",
                "is no address of a service",
                "write it as checkout.shop=10.96.0.10, with an address outside of this machine");
    }
}
