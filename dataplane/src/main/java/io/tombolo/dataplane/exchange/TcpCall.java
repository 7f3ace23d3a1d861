package io.tombolo.dataplane.exchange;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import io.tombolo.dataplane.accesslog.Access.Direction;
import io.tombolo.dataplane.accesslog.AccessLog;
import io.tombolo.dataplane.accesslog.Party;
import io.tombolo.dataplane.exchange.Accesses.Tls;
import io.tombolo.dataplane.exchange.Accesses.Verdict;
import io.tombolo.dataplane.limit.ServiceLimits;
import io.tombolo.dataplane.pick.Call;
import io.tombolo.dataplane.pick.Picked;
import io.tombolo.dataplane.pick.Tried;
import io.tombolo.dataplane.policy.ImportGate;
import io.tombolo.dataplane.policy.Permit;
import io.tombolo.dataplane.protocol.TcpFrames;
import io.tombolo.dataplane.relay.Relay;
import io.tombolo.dataplane.relay.RelayEnd;
import io.tombolo.dataplane.relay.RelayMeter;
import io.tombolo.dataplane.route.ImportRoute;
import io.tombolo.dataplane.traffic.Edge;
import io.tombolo.dataplane.upstream.Dialled;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.Alpn;
import io.tombolo.model.name.CalleePort;
import io.tombolo.model.outcome.Blame;
import io.tombolo.model.outcome.OutcomeHeader;
import io.tombolo.model.traffic.Balance;
import io.tombolo.model.traffic.HashKey;
import io.tombolo.model.traffic.TrafficPolicy;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The outbound walk of one TCP connection. Until the destination says OPENED nothing was sent, so any failure is tried again. */
final class TcpCall {
    private final OutboundLoop loop;
    private final Channel client;
    private final CalleePort wanted;
    private final Consumer<Runnable> opened;
    private final Consumer<TomboloException> refused;
    private final Tried tried = new Tried();
    private @Nullable Permit permit;
    private Optional<ServiceLimits> entered = Optional.empty();
    private OptionalLong key = OptionalLong.empty();
    private int attempts;

    private Optional<Picked> lastPicked = Optional.empty();

    /** Where it went last. */
    private Edge edge;

    private final long startNanos = System.nanoTime();

    TcpCall(
            OutboundLoop loop,
            Channel client,
            CalleePort wanted,
            Consumer<Runnable> opened,
            Consumer<TomboloException> refused) {
        this.loop = loop;
        this.client = client;
        this.wanted = wanted;
        this.edge = loop.edges.to(Optional.empty());
        this.opened = opened;
        this.refused = refused;
    }

    void start() {
        loop.whenHeld(wanted.callee().service(), this::attempt);
    }

    private void attempt() {
        if (!client.isActive()) {
            over(Optional.empty(), Optional.empty(), Optional.empty(), Verdict.of(Blame.CLIENT, Fault.CLIENT_GONE));
            return;
        }
        if (++attempts > 1) {
            edge.retried();
        }
        try {
            Permit allowed = permit == null
                    ? ImportGate.check(loop.config(), ImportRoute.byCallee(loop.config(), wanted))
                    : permit;
            if (permit == null) {
                permit = allowed;
                edge = loop.edges.to(Optional.of(wanted.servicePort()));
                loop.used(allowed);
                enter(allowed);
            }
            Picked picked =
                    loop.pick(allowed, tried, new Call(key, loop.settings().urgency()));
            lastPicked = Optional.of(picked);
            edge = loop.edges.to(picked);
            loop.dialer
                    .mesh(loop.loop, picked, List.of(Alpn.TOMBOLO_TCP))
                    .addListener((Future<Dialled> dialled) -> dialled(allowed, picked, dialled));
        } catch (TomboloException nobody) {
            loop.metrics.fault(nobody.fault());
            refuse(nobody, Blame.POLICY);
        }
    }

    /** Throws OVER_LIMIT. */
    private void enter(Permit allowed) {
        Optional<TrafficPolicy> policy =
                loop.config().traffic(allowed.routed().port().service());
        if (policy.isEmpty()) {
            return;
        }
        ServiceLimits limits = loop.occupancies().of(policy.get());
        if (!limits.connectsIfRoom()) {
            loop.metrics.policed.of("over_connections").increment();
            throw ServiceLimits.over(policy.get().service(), "connections");
        }
        entered = Optional.of(limits);
        if (policy.get().balance() instanceof Balance.Hash(HashKey.Source _)) {
            key = TrafficStep.source(loop, client.remoteAddress());
        }
    }

    private void dialled(Permit allowed, Picked picked, Future<Dialled> dialled) {
        if (!dialled.isSuccess()) {
            again(loop.notConnected(picked, dialled.cause(), tried), loop.blameOfDial(picked));
            return;
        }
        Dialled connection = dialled.getNow();
        loop.connected(connection);
        edge = loop.edges.to(connection);
        connection.channel().pipeline().addLast(new TcpFrames(true), new Opening(allowed, connection));
    }

    private void again(TomboloException why, Blame blame) {
        if (attempts < loop.settings().retries().maxAttempts()) {
            attempt();
        } else {
            refuse(why, blame);
        }
    }

    private void refuse(TomboloException why, Blame blame) {
        over(Optional.empty(), Optional.empty(), Optional.empty(), Verdict.of(blame, why.fault()));
        refused.accept(why);
    }

    /**
     * It is over, however it ended.
     * @param uncounted the same as {@code end} without what was counted before
     */
    private void over(Optional<RelayEnd> end, Optional<RelayEnd> uncounted, Optional<Dialled> by, Verdict verdict) {
        entered.ifPresent(ServiceLimits::disconnected);
        entered = Optional.empty();
        Accesses.count(edge, uncounted, verdict);
        log(end, by, verdict);
    }

    private void log(Optional<RelayEnd> end, Optional<Dialled> by, Verdict verdict) {
        AccessLog log = loop.accessLog();
        if (log.isOn()) {
            Party destination = OutboundLoop.destination(Optional.of(wanted.servicePort()), lastPicked, by);
            Accesses.tcp(
                    log, Direction.OUTBOUND, log.self(), destination, end, verdict, Tls.of(by), attempts, startNanos);
        }
    }

    /** Waits for the destination's word. */
    private final class Opening extends ChannelInboundHandlerAdapter {
        private final Permit allowed;
        private final Dialled dialled;
        private @Nullable ScheduledFuture<?> deadline;
        private boolean done;

        Opening(Permit allowed, Dialled dialled) {
            this.allowed = allowed;
            this.dialled = dialled;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            deadline = loop.loop.schedule(
                    () -> broke("did not answer"), loop.settings().openWithin().toMillis(), TimeUnit.MILLISECONDS);
            if (!ctx.channel().isActive()) {
                broke("closed the connection");
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            switch (event) {
                case TcpFrames.Opened yes -> opened(ctx);
                case TcpFrames.Refused no -> refused(no.outcome());
                default -> ctx.fireUserEventTriggered(event);
            }
        }

        private void opened(ChannelHandlerContext ctx) {
            if (!finish()) {
                return;
            }
            ctx.pipeline().remove(this);
            loop.outcomes.began(dialled.endpoint(), System.nanoTime());
            edge.tcpOpened();
            opened.accept(this::relay);
        }

        private void relay() {
            RelayMeter.Running meter = loop.edges.meter(edge);
            meter.started(Relay.start(client, dialled.channel(), loop.relays(), end -> ended(meter, end)));
        }

        private void ended(RelayMeter.Running meter, RelayEnd end) {
            loop.outcomes.ended(dialled.endpoint());
            if (end.reason() == RelayEnd.Reason.UPSTREAM_BROKE) {
                loop.lost(dialled.endpoint(), dialled.path());
            }
            over(Optional.of(end), Optional.of(meter.rest(end)), Optional.of(dialled), Verdict.NOBODY);
        }

        private void refused(OutcomeHeader outcome) {
            if (finish()) {
                dialled.channel().close();
                tried.refused(dialled.endpoint());
                loop.blamed(allowed, dialled, outcome.blame());
                again(
                        new TomboloException(
                                fault(outcome),
                                "service " + wanted.servicePort(),
                                "its sidecar refused the connection",
                                ""),
                        outcome.blame());
            }
        }

        private void broke(String what) {
            if (finish()) {
                dialled.channel().close();
                tried.broke(dialled.endpoint());
                dialled.path().ifPresent(tried::path);
                loop.lost(dialled.endpoint(), dialled.path());
                again(
                        new TomboloException(
                                Fault.CONNECTION_LOST, "service " + wanted.servicePort(), "its sidecar " + what, ""),
                        Blame.UNKNOWN);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            broke("closed the connection");
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            broke("broke the connection: " + cause.getMessage());
        }

        private boolean finish() {
            boolean first = !done;
            done = true;
            if (deadline != null) {
                deadline.cancel(false);
            }
            return first;
        }
    }

    private static Fault fault(OutcomeHeader outcome) {
        return Arrays.stream(Fault.values())
                .filter(fault -> fault.code().equals(outcome.code()))
                .findFirst()
                .orElse(Fault.CONNECTION_LOST);
    }
}
