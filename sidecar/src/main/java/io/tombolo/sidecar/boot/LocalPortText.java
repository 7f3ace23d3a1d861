package io.tombolo.sidecar.boot;

import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.PortNumber;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.ServicePort;
import io.tombolo.sidecar.boot.Settings.LocalPort;
import java.net.InetSocketAddress;

/** Reads {@code checkout.shop:80=127.0.0.1:18080}. */
final class LocalPortText {
    private LocalPortText() {}

    static LocalPort parse(String text) {
        int equals = text.indexOf('=');
        int colon = equals < 0 ? -1 : text.lastIndexOf(':', equals);
        int port = colon < 1 ? -1 : PortNumber.parse(text.substring(colon + 1, equals));
        if (port < 1 || text.substring(0, colon).indexOf('.') < 1) {
            throw new TomboloException(
                    Fault.BAD_SETTING,
                    "bind '" + text + "'",
                    "is no local port for a service",
                    "write it as checkout.shop:80=127.0.0.1:18080");
        }
        var service = new ServicePort(ServiceName.parse(text.substring(0, colon), "default"), port);
        HostPort local = HostPort.parse(text.substring(equals + 1));
        var address = new InetSocketAddress(local.host(), local.port());
        if (address.isUnresolved() || !address.getAddress().isLoopbackAddress()) {
            throw new TomboloException(
                    Fault.BAD_SETTING,
                    "bind '" + text + "'",
                    "its address can be reached from outside",
                    "use 127.0.0.1, or another loopback address");
        }
        return new LocalPort(service, address);
    }
}
