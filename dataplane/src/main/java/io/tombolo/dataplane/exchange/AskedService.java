package io.tombolo.dataplane.exchange;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.dataplane.http1.Authority;
import io.tombolo.dataplane.route.ImportRoute;
import io.tombolo.dataplane.route.Routed;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.CalleePort;
import java.util.Optional;

/** Which service a request of the application is for. */
final class AskedService {
    private static final int DEFAULT_PORT = 80;

    private AskedService() {}

    /**
     * Reads it.
     * @param fixed what the connection stands for; empty = the request says it in Host
     * @throws TomboloException NO_SUCH_SERVICE, MISDIRECTED, or whatever else keeps it from being called
     */
    static Routed of(ProxyConfig config, Optional<CalleePort> fixed, HttpRequest asked) {
        if (fixed.isPresent()) {
            OwnTarget.check(asked, fixed.get().servicePort(), host -> false);
            return ImportRoute.byCallee(config, fixed.get());
        }
        String host = asked.headers().get(HttpHeaderNames.HOST, "");
        Authority authority = Authority.parse(host).orElseThrow(() -> noHost(host));
        return ImportRoute.byHost(config, authority.host(), authority.port() < 0 ? DEFAULT_PORT : authority.port());
    }

    private static TomboloException noHost(String host) {
        return new TomboloException(
                Fault.NO_SUCH_SERVICE, "host '" + host + "'", "names no service", "use http://name.namespace/");
    }
}
