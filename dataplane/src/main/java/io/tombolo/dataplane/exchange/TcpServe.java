package io.tombolo.dataplane.exchange;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.util.concurrent.Future;
import io.tombolo.dataplane.accesslog.Access.Direction;
import io.tombolo.dataplane.accesslog.AccessLog;
import io.tombolo.dataplane.accesslog.Party;
import io.tombolo.dataplane.exchange.Accesses.Tls;
import io.tombolo.dataplane.exchange.Accesses.Verdict;
import io.tombolo.dataplane.protocol.TcpFrames;
import io.tombolo.dataplane.relay.Relay;
import io.tombolo.dataplane.relay.RelayEnd;
import io.tombolo.dataplane.relay.RelayMeter;
import io.tombolo.dataplane.upstream.AppPool;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.outcome.Blame;
import io.tombolo.model.outcome.OutcomeHeader;
import java.util.Optional;

/** The inbound walk of one TCP connection: policy → admission → application. */
final class TcpServe {
    private final Inbound inbound;
    private final Channel channel;
    private final Caller caller;
    private final TcpFrames frames = new TcpFrames(false);
    private final long startNanos = System.nanoTime();
    private Verdict verdict = Verdict.NOBODY;

    TcpServe(Inbound inbound, Channel channel, Caller caller) {
        this.inbound = inbound;
        this.channel = channel;
        this.caller = caller;
    }

    void start() {
        channel.pipeline().addLast(frames);
        switch (caller) {
            case Caller.Unwelcome(ServicePort port, TomboloException why) -> refuse(why, Blame.POLICY);
            case Caller.Welcome welcome -> admit(welcome);
        }
    }

    private void admit(Caller.Welcome welcome) {
        try {
            inbound.authorization().connection(channel, welcome.admitted(), this::over);
            inbound.pace(welcome.admitted());
            inbound.admission().enter(welcome.admitted().port());
        } catch (TomboloException refused) {
            refuse(refused, Blame.POLICY);
            return;
        }
        channel.closeFuture().addListener(closed -> inbound.admission().leave());
        HostPort app = welcome.app();
        channel.config().setAutoRead(false);
        inbound.dialer().connect(channel.eventLoop(), app).addListener((Future<Channel> connected) -> {
            if (!connected.isSuccess()) {
                TomboloException why = AppPool.unreachable(app, connected.cause());
                refuse(why, why.fault() == Fault.RELAY_LOOP ? Blame.SIDECAR : Blame.APP);
            } else if (!channel.isActive()) {
                connected.getNow().close();
            } else {
                relay(connected.getNow());
            }
        });
    }

    private void relay(Channel app) {
        inbound.edge(channel).tcpOpened();
        RelayMeter.Running meter = inbound.meter(channel);
        meter.started(Relay.start(channel, app, inbound.relays(), end -> ended(meter, end)));
        frames.open();
    }

    private void ended(RelayMeter.Running meter, RelayEnd end) {
        Accesses.count(inbound.edge(channel), Optional.of(meter.rest(end)), verdict);
        log(Optional.of(end), verdict);
    }

    private void over(TomboloException why) {
        inbound.metrics().fault(why.fault());
        verdict = Verdict.of(Blame.POLICY, why.fault());
    }

    private void refuse(TomboloException why, Blame blame) {
        inbound.metrics().fault(why.fault());
        Verdict said = Verdict.of(blame, why.fault());
        Accesses.count(inbound.edge(channel), Optional.empty(), said);
        log(Optional.empty(), said);
        frames.refuse(new OutcomeHeader(blame, why.fault().code(), false));
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    private void log(Optional<RelayEnd> end, Verdict verdict) {
        AccessLog log = inbound.accessLog();
        if (log.isOn()) {
            Party self = log.self().as(caller.port());
            Accesses.tcp(
                    log,
                    Direction.INBOUND,
                    inbound.source(channel),
                    self,
                    end,
                    verdict,
                    Tls.of(channel),
                    1,
                    startNanos);
        }
    }
}
