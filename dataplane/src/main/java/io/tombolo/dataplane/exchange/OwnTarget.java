package io.tombolo.dataplane.exchange;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.tombolo.dataplane.http1.Authority;
import io.tombolo.dataplane.http1.OriginForm;
import io.tombolo.dataplane.route.ServedRoute;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ServicePort;
import java.util.function.Predicate;

/** Whether a request is for the one service whose door it came in by (RFC 9110 §7.4). */
final class OwnTarget {
    private OwnTarget() {}

    /**
     * Checks, and leaves the request with a path for a target and the service's name in Host: what an application reads there
     * is what was checked.
     * @param alsoCalled whether a name is another one that its owner lets it have
     * @throws TomboloException MISDIRECTED
     */
    static void check(HttpRequest request, ServicePort port, Predicate<String> alsoCalled) {
        if (request.method().equals(HttpMethod.CONNECT)) {
            throw misdirected(port, "no tunnel begins here");
        }
        OriginForm.make(request);
        boolean ours = Authority.parse(request.headers().get(HttpHeaderNames.HOST, ""))
                .filter(authority ->
                        ServedRoute.isNameOf(port.service(), authority.host()) || alsoCalled.test(authority.host()))
                .filter(authority -> authority.port() < 0 || authority.port() == port.port())
                .isPresent();
        if (!ours) {
            throw misdirected(port, "the request's Host is another one");
        }
    }

    private static TomboloException misdirected(ServicePort port, String what) {
        return new TomboloException(
                Fault.MISDIRECTED,
                "service " + port,
                what,
                "call it as " + port.service().clustersetName());
    }
}
