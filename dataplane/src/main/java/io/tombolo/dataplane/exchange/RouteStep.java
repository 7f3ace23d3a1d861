package io.tombolo.dataplane.exchange;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.dataplane.http1.Authority;
import io.tombolo.dataplane.metrics.Counters;
import io.tombolo.dataplane.route.ImportRoute;
import io.tombolo.dataplane.route.Routed;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.httproute.Backend;
import io.tombolo.model.httproute.HeaderChange;
import io.tombolo.model.httproute.NameValue;
import io.tombolo.model.httproute.Redirect;
import io.tombolo.model.httproute.RouteLimits;
import io.tombolo.model.httproute.RouteTable;
import io.tombolo.model.httproute.RouteTarget;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.ServicePort;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Applies the routes of the service that is called to one request: changes it, and says where it goes. */
final class RouteStep {
    private static final int HTTP_PORT = 80;
    private static final String FORWARDED_HOST = "x-forwarded-host";

    private final ProxyConfig config;
    private final ServicePort called;
    private final HttpRequest request;
    private final AskedRequest asked;
    private final Counters results;

    private RouteStep(ProxyConfig config, ServicePort called, HttpRequest request, Counters results) {
        this.config = config;
        this.called = called;
        this.request = request;
        this.asked = new AskedRequest(request);
        this.results = results;
    }

    /** What routes made of a request. */
    sealed interface Result {
        /**
         * It goes to a service.
         * @param answer what becomes of the headers of what it answers, one after the other
         * @param copies where copies of it go
         */
        record Onward(Routed to, List<HeaderChange> answer, RouteLimits limits, List<ServicePort> copies)
                implements Result {}

        /** It is answered here. */
        record Answered(FullHttpResponse answer) implements Result {}
    }

    /**
     * Who calls one instance asked for no other way: its calls are not routed.
     * @throws TomboloException NO_ROUTE, NO_BACKEND, or what {@link ImportRoute} says of the backend
     */
    static Result apply(ProxyConfig config, Routed called, HttpRequest request, long random, Counters results) {
        boolean routes = called.protocol().isHttp() && !called.isOfOne();
        Optional<RouteTable> table = routes ? config.routes(called.port()) : Optional.empty();
        return table.isEmpty()
                ? new Result.Onward(called, List.of(), RouteLimits.NONE, List.of())
                : new RouteStep(config, called.port(), request, results).by(table.get(), random);
    }

    private Result by(RouteTable table, long random) {
        RouteTable.Met met = table.meet(asked).orElseThrow(this::noRule);
        return switch (met.rule().target()) {
            case RouteTarget.Elsewhere(Redirect redirect) -> {
                results.of("redirected").increment();
                yield new Result.Answered(redirected(redirect, met));
            }
            case RouteTarget.Forward forward -> onward(met, forward, random);
        };
    }

    private Result onward(RouteTable.Met met, RouteTarget.Forward forward, long random) {
        Backend drawn = Backend.drawn(forward.backends(), random).orElseThrow(() -> noBackend(met));
        ServicePort backend = drawn.service().orElseThrow(() -> noBackend(met));
        Routed to = ImportRoute.byPort(config, backend);
        List<ServicePort> copies = forward.mirrors().isEmpty() ? List.of() : copies(forward, random);
        results.of("forwarded").increment();
        forward.path()
                .ifPresent(change ->
                        request.setUri(change.applied(asked.path(), met.match().path()) + asked.rest()));
        change(request.headers(), met.rule().request());
        change(request.headers(), drawn.request());
        if (forward.host().isPresent()) {
            nameHost(request.headers(), forward.host().get().text());
        } else if (!backend.service().equals(called.service())) {
            nameBackend(request.headers(), backend);
        }
        return new Result.Onward(
                to, List.of(drawn.answer(), met.rule().answer()), met.rule().limits(), copies);
    }

    private static List<ServicePort> copies(RouteTarget.Forward forward, long random) {
        var each = new SplittableRandom(random);
        return forward.mirrors().stream()
                .filter(mirror -> mirror.hits(each.nextDouble()))
                .flatMap(mirror -> mirror.service().stream())
                .toList();
    }

    /** A head of the same request for another service. */
    static HttpRequest copied(HttpRequest request, ServicePort to) {
        var copy = new DefaultHttpRequest(
                request.protocolVersion(),
                request.method(),
                request.uri(),
                request.headers().copy());
        nameBackend(copy.headers(), to);
        return copy;
    }

    /** A destination takes requests for its own names only; the name that was called stays readable. */
    private static void nameBackend(HttpHeaders headers, ServicePort backend) {
        int port = backend.port();
        nameHost(headers, backend.service().clustersetName() + (port == HTTP_PORT ? "" : ":" + port));
    }

    private static void nameHost(HttpHeaders headers, String host) {
        if (!headers.contains(FORWARDED_HOST)) {
            headers.set(FORWARDED_HOST, headers.get(HttpHeaderNames.HOST, ""));
        }
        headers.set(HttpHeaderNames.HOST, host);
    }

    static void change(HttpHeaders headers, HeaderChange change) {
        change.remove().forEach(headers::remove);
        for (NameValue header : change.set()) {
            headers.set(header.name(), header.value());
        }
        for (NameValue header : change.add()) {
            headers.add(header.name(), header.value());
        }
    }

    private FullHttpResponse redirected(Redirect redirect, RouteTable.Met met) {
        String host = Authority.parse(request.headers().get(HttpHeaderNames.HOST, ""))
                .map(Authority::host)
                .orElse(called.service().clustersetName());
        String to = redirect.location(
                host, called.port(), asked.path(), asked.rest(), met.match().path());
        var answer = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(redirect.status()), Unpooled.EMPTY_BUFFER);
        change(answer.headers(), met.rule().answer());
        answer.headers().set(HttpHeaderNames.LOCATION, to).set(HttpHeaderNames.CONTENT_LENGTH, 0);
        return answer;
    }

    private TomboloException noRule() {
        results.of("no_rule").increment();
        return new TomboloException(
                Fault.NO_ROUTE,
                "service " + called,
                "no rule of its routes is for this " + asked.method() + " request",
                "see `tombolo get HTTPRoute -o yaml` and `tombolo get GRPCRoute -o yaml`; a rule without matches takes what is left");
    }

    private TomboloException noBackend(RouteTable.Met met) {
        results.of("no_backend").increment();
        ServiceName route = met.route().name();
        return new TomboloException(
                Fault.NO_BACKEND,
                "route " + route,
                "the backend that this request was to go to is not there for this workload",
                "see its condition ResolvedRefs: `tombolo get "
                        + met.route().kind().text() + " " + route.name() + " -n " + route.namespace() + " -o yaml`");
    }
}
