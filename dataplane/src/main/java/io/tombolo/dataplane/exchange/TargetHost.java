package io.tombolo.dataplane.exchange;

import io.tombolo.dataplane.http1.Authority;
import io.tombolo.dataplane.route.ServedRoute;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ServicePort;
import java.util.Locale;
import java.util.Optional;

/** The host that a request's target names itself: an application that gets one believes it more than Host (RFC 9112 §3.2.2). */
final class TargetHost {
    private static final String SCHEME = "http://";

    private TargetHost() {}

    /** Throws MISDIRECTED unless the target names no host, or one of the service's names. */
    static void check(String target, ServicePort port) {
        boolean namesNone = target.startsWith("/") || target.equals("*");
        if (!namesNone && authority(target).filter(host -> isOf(port, host)).isEmpty()) {
            throw new TomboloException(
                    Fault.MISDIRECTED,
                    "service " + port,
                    "the request's target is on another host",
                    "call it as " + port.service().clustersetName());
        }
    }

    private static Optional<Authority> authority(String target) {
        if (!target.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return Authority.parse(target); // of CONNECT
        }
        int end = SCHEME.length();
        while (end < target.length() && "/?".indexOf(target.charAt(end)) < 0) {
            end++;
        }
        return Authority.parse(target.substring(SCHEME.length(), end));
    }

    private static boolean isOf(ServicePort port, Authority authority) {
        return ServedRoute.isNameOf(port.service(), authority.host())
                && (authority.port() < 0 || authority.port() == port.port());
    }
}
