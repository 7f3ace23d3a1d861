package io.tombolo.dataplane.session;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.tombolo.dataplane.accept.Accepted;
import io.tombolo.dataplane.flow.HeldInput;
import io.tombolo.dataplane.hello.Greeted;
import io.tombolo.dataplane.hello.HelloHandler;
import io.tombolo.dataplane.relay.Relay;
import io.tombolo.dataplane.relay.RelayEnd;
import io.tombolo.dataplane.relay.RelayMeter;
import io.tombolo.dataplane.route.Destination;
import io.tombolo.dataplane.route.PassthroughRoute;
import io.tombolo.dataplane.splice.ShortReads;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.LocalInstance;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.Sni;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection through the gateway. Every method runs on its loop. */
final class PassthroughSession {
    private static final Logger LOG = LoggerFactory.getLogger(PassthroughSession.class);

    private final Passthrough shared;
    private final Accepted accepted;
    private final Channel client;
    private final HeldInput early = new HeldInput();
    private final long startNanos = System.nanoTime();
    private Optional<Sni.Service> asked = Optional.empty();
    private int attempts = 1;
    private SessionState state = new SessionState.AwaitingHello();

    PassthroughSession(Passthrough shared, Accepted accepted) {
        this.shared = shared;
        this.accepted = accepted;
        this.client = accepted.channel();
    }

    void begin() {
        shared.sessionBegan();
        client.config().setRecvByteBufAllocator(new ShortReads());
        client.pipeline().addLast(new HelloHandler(accepted, shared.settings().hello(), this::greeted, this::refuse));
        client.closeFuture().addListener(closed -> clientGone());
    }

    private void greeted(Greeted greeted) {
        client.pipeline().addLast(early);
        Destination destination = PassthroughRoute.route(greeted.hello(), shared.config());
        if (!(destination instanceof Destination.ToTerminate)) { // of whom it is still asked who it is
            accepted.pending().giveBack();
        }
        switch (destination) {
            case Destination.ToService(Sni.Service name) -> {
                asked = Optional.of(name);
                dialNext(greeted, name, Set.of());
            }
            case Destination.ToControl(HostPort address) ->
                dial(
                        new SessionState.Dialling(greeted, Optional.empty(), Optional.empty(), Set.of()),
                        List.of(address));
            case Destination.ToTerminate(Sni.Service name) ->
                endHere(greeted, () -> shared.terminate().take(accepted, name));
            case Destination.ToProbe probe ->
                endHere(greeted, () -> shared.probes().take(client));
            case Destination.Nowhere(Fault why) -> refuse(greeted, why);
        }
    }

    /** Gives the hello back to the channel, now with TLS in it. */
    private void endHere(Greeted greeted, Runnable takes) {
        finish();
        client.pipeline().remove(early);
        takes.run();
        client.pipeline().fireChannelRead(greeted.held());
        client.pipeline().fireChannelReadComplete();
        client.config().setAutoRead(true);
    }

    private void dialNext(Greeted greeted, Sni.Service name, Set<InstanceId> tried) {
        Optional<LocalInstance> instance =
                tried.size() >= shared.dialer().limits().instances()
                        ? Optional.empty()
                        : shared.pick().pick(name, shared.config(), tried);
        if (instance.isEmpty()) {
            refuse(greeted, tried.isEmpty() ? Fault.NO_HEALTHY_ENDPOINT : Fault.PEER_UNREACHABLE);
            return;
        }
        shared.loads().began(instance.get().instance());
        dial(
                new SessionState.Dialling(greeted, Optional.of(name), instance, tried),
                instance.get().addresses());
    }

    private void dial(SessionState.Dialling dialling, List<HostPort> addresses) {
        state = dialling;
        Future<Channel> connected = shared.dialer().dial(client.eventLoop(), addresses);
        connected.addListener(done -> {
            if (state != dialling) {
                abandon(connected); // the client left meanwhile
            } else if (connected.isSuccess()) {
                relay(dialling, connected.getNow());
            } else {
                dialFailed(dialling, connected.cause());
            }
        });
    }

    private static void abandon(Future<Channel> connected) {
        if (connected.isSuccess()) {
            connected.getNow().close();
        }
    }

    private void dialFailed(SessionState.Dialling dialling, Throwable cause) {
        LOG.atDebug()
                .addKeyValue("instance", dialling.instance().map(LocalInstance::instance))
                .addKeyValue("cause", cause)
                .log("dial failed");
        giveLoadBack(dialling.instance());
        if (dialling.name().isEmpty() || dialling.instance().isEmpty()) {
            refuse(dialling.greeted(), Fault.PEER_UNREACHABLE);
            return;
        }
        attempts++;
        var tried = new HashSet<>(dialling.tried());
        tried.add(dialling.instance().get().instance());
        dialNext(dialling.greeted(), dialling.name().get(), tried);
    }

    private void relay(SessionState.Dialling dialling, Channel upstream) {
        upstream.writeAndFlush(dialling.greeted().held(), upstream.voidPromise());
        Optional<LocalInstance> instance = dialling.instance();
        upstream.config().setRecvByteBufAllocator(new ShortReads());
        RelayMeter.Running meter = shared.relayed().meter(client.eventLoop());
        var relay = Relay.start(
                client, upstream, shared.relays(), shared.splicing(), end -> relayEnded(meter, end, instance));
        meter.started(relay);
        if (!(state instanceof SessionState.Done)) {
            state = new SessionState.Relaying(relay, instance);
            client.pipeline().remove(early);
        }
    }

    private void relayEnded(RelayMeter.Running meter, RelayEnd end, Optional<LocalInstance> instance) {
        finish();
        giveLoadBack(instance);
        shared.relayed().ended(meter.rest(end));
        log(Optional.of(end), instance, Optional.empty());
    }

    private void finish() {
        if (!(state instanceof SessionState.Done)) {
            state = new SessionState.Done();
            shared.sessionDone();
        }
    }

    private void giveLoadBack(Optional<LocalInstance> instance) {
        instance.ifPresent(one -> shared.loads().ended(one.instance()));
    }

    private void refuse(Greeted greeted, Fault why) {
        greeted.held().release();
        refuse(why);
    }

    /** The reason is counted and goes nowhere else. */
    private void refuse(Fault why) {
        finish();
        shared.countRefusal(why);
        log(Optional.empty(), Optional.empty(), Optional.of(why));
        LOG.atDebug()
                .addKeyValue("client", accepted.clientAddress())
                .addKeyValue("fault", why)
                .log("connection refused");
        shared.settings().refusal().refuse(client);
    }

    private void clientGone() {
        if (state instanceof SessionState.Dialling dialling) {
            finish();
            dialling.greeted().held().release();
            giveLoadBack(dialling.instance());
            shared.countRefusal(Fault.CLIENT_GONE);
            log(Optional.empty(), dialling.instance(), Optional.of(Fault.CLIENT_GONE));
        } else if (state instanceof SessionState.AwaitingHello) {
            finish();
        }
    }

    /** Probes are not logged: there is one a second of every peer. */
    private void log(Optional<RelayEnd> end, Optional<LocalInstance> instance, Optional<Fault> why) {
        if (shared.accessLog().isOn()) {
            String from = accepted.clientAddress().getAddress().getHostAddress();
            PassthroughAccess.log(
                    shared.accessLog(),
                    from,
                    asked,
                    instance.map(LocalInstance::instance),
                    end,
                    why,
                    attempts,
                    startNanos);
        }
    }
}
