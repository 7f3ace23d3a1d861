package io.tombolo.dataplane.exchange;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import io.tombolo.dataplane.limit.ServiceLimits;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.traffic.Balance;
import io.tombolo.model.traffic.FaultInjection;
import io.tombolo.model.traffic.HashKey;
import io.tombolo.model.traffic.Rendezvous;
import io.tombolo.model.traffic.TrafficPolicy;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What a service's TrafficPolicy makes of one request that calls it. On its loop; gives back once what it took. */
final class TrafficStep {
    private final OutboundLoop loop;
    private final TrafficPolicy policy;
    private final ServiceLimits limits;
    private OptionalLong key = OptionalLong.empty();
    private boolean entered;

    private TrafficStep(OutboundLoop loop, TrafficPolicy policy) {
        this.loop = loop;
        this.policy = policy;
        this.limits = loop.occupancies().of(policy);
    }

    /** Empty = the service has none. */
    static Optional<TrafficStep> of(OutboundLoop loop, ServiceName service) {
        return loop.config().traffic(service).map(policy -> new TrafficStep(loop, policy));
    }

    ServiceLimits limits() {
        return limits;
    }

    /** Requests with the same key go to the same instance; empty = to any. */
    OptionalLong key() {
        return key;
    }

    /**
     * One more request.
     * @param client who asks
     * @return what is done to it on purpose
     * @throws io.tombolo.model.fault.TomboloException OVER_LIMIT
     */
    FaultInjection.Fate begin(HttpRequest request, SocketAddress client) {
        if (!limits.requestBegins(System.nanoTime())) {
            loop.metrics.policed.of("over_requests").increment();
            throw ServiceLimits.over(policy.service(), "requests");
        }
        entered = true;
        if (policy.balance() instanceof Balance.Hash(HashKey hashed)) {
            key = key(hashed, request, client);
        }
        return policy.faults()
                .map(faults -> faults.decide(Instant.now(), loop.random.nextDouble(), loop.random.nextDouble()))
                .orElse(FaultInjection.Fate.NONE);
    }

    /** What an answer says that is a fault on purpose. */
    static String injected(ServicePort called) {
        return Fault.FAULT_INJECTED.code() + " " + Fault.FAULT_INJECTED.name() + " service " + called
                + ": its TrafficPolicy has this request fail on purpose.";
    }

    void end() {
        if (entered) {
            entered = false;
            limits.requestEnded();
        }
    }

    private OptionalLong key(HashKey hashed, HttpRequest request, SocketAddress client) {
        return switch (hashed) {
            case HashKey.Header(String name) -> hash(request.headers().get(name));
            case HashKey.Cookie(String name) -> hash(cookie(request, name));
            case HashKey.Source() -> source(loop, client);
        };
    }

    /** This instance, and the address that called it. */
    static OptionalLong source(OutboundLoop loop, SocketAddress client) {
        String address =
                client instanceof InetSocketAddress inet ? inet.getAddress().getHostAddress() : "";
        return OptionalLong.of(Rendezvous.hash(loop.accessLog().self().instance() + "/" + address));
    }

    private static OptionalLong hash(@Nullable String text) {
        return text == null || text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Rendezvous.hash(text));
    }

    private static String cookie(HttpRequest request, String name) {
        for (String line : request.headers().getAll(HttpHeaderNames.COOKIE)) {
            for (Cookie cookie : ServerCookieDecoder.LAX.decode(line)) {
                if (cookie.name().equals(name)) {
                    return cookie.value();
                }
            }
        }
        return "";
    }
}
