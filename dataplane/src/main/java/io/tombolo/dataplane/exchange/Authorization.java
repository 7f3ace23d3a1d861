package io.tombolo.dataplane.exchange;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.tombolo.dataplane.feed.CurrentConfig;
import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.dataplane.metrics.Counter;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.dataplane.policy.Admitted;
import io.tombolo.dataplane.policy.AuthorizationGate;
import io.tombolo.dataplane.policy.ServiceGate;
import io.tombolo.dataplane.relay.GrpcAnswer;
import io.tombolo.dataplane.relay.HttpExchange;
import io.tombolo.dataplane.route.Served;
import io.tombolo.model.authorization.AskedHttp;
import io.tombolo.model.catalog.ServedService;
import io.tombolo.model.fault.TomboloException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Authorizes what begins, and looks at what lasts again when policies change: TCP connections, tunnels made by Upgrade, calls of
 * gRPC, and whatever else has a body of unknown length in either direction. Other requests are answered to their end. Each
 * connection is looked at on its own loop.
 */
final class Authorization {
    private final CurrentConfig current;
    private final AuthorizationGate gate;
    private final Counter closed;
    private final Set<Held> lasting = ConcurrentHashMap.newKeySet();

    Authorization(CurrentConfig current, Metrics metrics) {
        this.current = current;
        this.gate = new AuthorizationGate(metrics);
        this.closed = metrics.counter(
                "tombolo_authorization_closed_total",
                "Connections and exchanges ended because they are not allowed any more.");
        metrics.gauge(
                "tombolo_authorization_watched",
                "Connections and exchanges that are looked at when policies change.",
                lasting::size);
        current.listen((before, after) -> {
            if (!after.admitsLike(before)) {
                lasting.forEach(held -> held.channel.eventLoop().execute(() -> lookAgain(held)));
            }
        });
    }

    /** Something that lasts. Not a record: two of them are never the same. */
    static final class Held {
        private final Channel channel;
        private final Admitted admitted;
        private final @Nullable AskedHttp http;
        private final Consumer<TomboloException> whenOver;

        private Held(
                Channel channel, Admitted admitted, @Nullable AskedHttp http, Consumer<TomboloException> whenOver) {
            this.channel = channel;
            this.admitted = admitted;
            this.http = http;
            this.whenOver = whenOver;
        }
    }

    /**
     * One request; its head as the application will get it, but for what the mesh writes.
     * @param whenOver hears why it may not go on; it is refused or cut then
     * @return what must be {@link #forget forgotten} when the exchange ends, if it may last
     * @throws TomboloException NOT_AUTHORIZED
     */
    Optional<Held> request(
            Channel channel, Admitted admitted, HttpExchange exchange, Consumer<TomboloException> whenOver) {
        var asked = new AskedPolicy(exchange.request());
        if (!mayLast(exchange)) {
            gate.check(current.get(), admitted, asked);
            return Optional.empty();
        }
        return Optional.of(hold(new Held(channel, admitted, asked, why -> end(channel, exchange, whenOver, why))));
    }

    private static boolean mayLast(HttpExchange exchange) {
        HttpHeaders headers = exchange.request().headers();
        return exchange.wantsUpgrade()
                || GrpcAnswer.isGrpc(headers)
                || headers.contains(HttpHeaderNames.TRANSFER_ENCODING);
    }

    /**
     * An answer whose length nobody knows began.
     * @param decidedBy what let its request through
     * @return what must be {@link #forget forgotten} when the exchange ends
     */
    Held answer(
            Channel channel,
            Admitted admitted,
            HttpExchange exchange,
            Consumer<TomboloException> whenOver,
            ProxyConfig decidedBy) {
        var asked = new AskedPolicy(exchange.request());
        var held = new Held(channel, admitted, asked, why -> end(channel, exchange, whenOver, why));
        lasting.add(held);
        if (current.get() != decidedBy) {
            channel.eventLoop().execute(() -> lookAgain(held));
        }
        return held;
    }

    private static void end(
            Channel channel, HttpExchange exchange, Consumer<TomboloException> whenOver, TomboloException why) {
        whenOver.accept(why);
        if (exchange.isOver()) { // it is a tunnel by now
            channel.close();
        } else {
            exchange.refuse(why);
        }
    }

    /** One TCP connection, until its channel closes. Throws NOT_AUTHORIZED. */
    void connection(Channel channel, Admitted admitted, Consumer<TomboloException> whenOver) {
        Held held = hold(new Held(channel, admitted, null, why -> {
            whenOver.accept(why);
            channel.close();
        }));
        channel.closeFuture().addListener(gone -> forget(held));
    }

    void forget(Held held) {
        lasting.remove(held);
    }

    /** Kept before it is checked: a change that comes meanwhile is heard of by one or the other. */
    private Held hold(Held held) {
        lasting.add(held);
        try {
            gate.check(current.get(), held.admitted, held.http);
            return held;
        } catch (TomboloException refused) {
            forget(held);
            throw refused;
        }
    }

    private void lookAgain(Held held) {
        ProxyConfig now = current.get();
        Optional<ServedService> service = now.served(held.admitted.port().service());
        if (service.isEmpty() || !lasting.contains(held)) {
            return; // it was let in, and nothing says that it may not stay
        }
        try {
            var served = new Served(held.admitted.port(), service.get(), held.admitted.protocol());
            gate.checkAgain(now, ServiceGate.check(now, served, held.admitted.caller()), held.http);
        } catch (TomboloException over) {
            lasting.remove(held);
            closed.increment();
            held.whenOver.accept(over);
        }
    }
}
