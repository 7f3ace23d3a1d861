package io.tombolo.dataplane.terminate;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.tombolo.dataplane.accept.Accepted;
import io.tombolo.dataplane.delegation.Delegations;
import io.tombolo.dataplane.delegation.Handover;
import io.tombolo.dataplane.delegation.HandoverReader;
import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.dataplane.outcome.EndpointKey;
import io.tombolo.dataplane.pick.Picked;
import io.tombolo.dataplane.policy.Admitted;
import io.tombolo.dataplane.policy.ServiceGate;
import io.tombolo.dataplane.relay.Relay;
import io.tombolo.dataplane.relay.RelayEnd;
import io.tombolo.dataplane.relay.RelayMeter;
import io.tombolo.dataplane.route.PassthroughRoute;
import io.tombolo.dataplane.route.Served;
import io.tombolo.dataplane.tls.Established;
import io.tombolo.dataplane.tls.KeyGroupPeek;
import io.tombolo.dataplane.upstream.Dialled;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.LocalInstance;
import io.tombolo.model.catalog.WorkloadEndpoint;
import io.tombolo.model.delegation.Challenge;
import io.tombolo.model.delegation.Here;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.Alpn;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.Sni;
import io.tombolo.trustbundle.verify.VerifiedPeer;
import io.tombolo.wire.codec.DelegationCodec;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One caller's connection: policy → pick → upstream → challenge → delegation → relay. Every method runs on its loop. Until the
 * relay begins, whatever goes wrong ends it in one way.
 */
final class TerminateSession {
    private static final Logger LOG = LoggerFactory.getLogger(TerminateSession.class);

    private final Terminate shared;
    private final Accepted accepted;
    private final Channel client;
    private final Sni.Service name;
    private final VerifiedPeer caller;
    private final Optional<Alpn> agreed;
    private final long startNanos = System.nanoTime();
    private final HandoverReader delegation;
    private @Nullable InstanceId loaded;
    private @Nullable Dialled upstream;
    private @Nullable WorkloadEndpoint endpoint;
    private @Nullable Here here;
    private @Nullable Served served;
    private int attempts;
    private boolean over;

    TerminateSession(Terminate shared, Accepted accepted, Sni.Service name, Established shaken) {
        this.shared = shared;
        this.accepted = accepted;
        this.client = accepted.channel();
        this.name = name;
        this.caller = shaken.peer();
        this.agreed = shaken.alpn();
        this.delegation = new HandoverReader(Handover.DELEGATION, this::said, this::unsaid);
    }

    void begin() {
        client.pipeline().addLast(delegation);
        if (!shared.peers().add(client, caller)) {
            return;
        }
        client.closeFuture().addListener(closed -> gone());
        try {
            admit(shared.config());
        } catch (TomboloException refused) {
            refuse(refused.fault());
            return;
        }
        shared.endpoints().named(name, shared.config()).ifPresentOrElse(this::challengeFor, () -> dialNext(Set.of()));
    }

    /** Before anything is chosen: who may not come learns nothing, not even by how long it takes. */
    private void admit(ProxyConfig config) {
        Served asked = PassthroughRoute.served(name.port(), config, ExportMode.TERMINATE)
                .filter(this::isSpokenThere)
                .orElseThrow(() -> new TomboloException(
                        Fault.UNKNOWN_SERVER_NAME, "name " + name, "is not served in terminate mode", ""));
        Admitted admitted = ServiceGate.check(config, asked, caller.id());
        shared.gate().checkConnection(config, admitted);
        served = asked;
    }

    private boolean isSpokenThere(Served served) {
        return agreed.isPresent() && served.protocol().isHttp() == (agreed.get() != Alpn.TOMBOLO_TCP);
    }

    private void dialNext(Set<InstanceId> tried) {
        Optional<LocalInstance> next = tried.size() >= shared.settings().instances()
                ? Optional.empty()
                : shared.pick().pick(name, shared.config(), tried);
        if (next.isEmpty()) {
            shared.endpoints()
                    .any(name, shared.config())
                    .ifPresentOrElse(
                            this::challengeFor,
                            () -> refuse(tried.isEmpty() ? Fault.NO_HEALTHY_ENDPOINT : Fault.PEER_UNREACHABLE));
            return;
        }
        attempts++;
        load(next.get().instance());
        var nextTried = new HashSet<>(tried);
        nextTried.add(next.get().instance());
        dial(next.get(), 0, nextTried);
    }

    /** A workload without a sidecar asks for nothing: this gateway does it in its stead. */
    private void challengeFor(WorkloadEndpoint chosen) {
        attempts++;
        endpoint = chosen;
        load(chosen.instance());
        Challenge challenge = Delegations.challenge(chosen.instance());
        challenge(challenge, DelegationCodec.bytes(challenge));
    }

    private void dial(LocalInstance to, int address, Set<InstanceId> tried) {
        var picked = new Picked(
                new EndpointKey(name.port(), name.cluster(), Optional.of(to.instance())),
                to.addresses().get(address),
                Optional.empty(),
                Sni.Service.any(name.port(), name.cluster(), name.federation()).exactly(to.instance()),
                Set.of(to.id()));
        shared.dialer()
                .mesh(client.eventLoop(), picked, List.of(Alpn.TOMBOLO_FWD))
                .addListener((Future<Dialled> dialled) -> {
                    if (over) {
                        abandon(dialled);
                    } else if (dialled.isSuccess()) {
                        connected(dialled.getNow(), to, tried);
                    } else if (address + 1 < to.addresses().size()) {
                        dial(to, address + 1, tried);
                    } else {
                        failed(dialled.cause(), tried);
                    }
                });
    }

    private static void abandon(Future<Dialled> dialled) {
        if (dialled.isSuccess()) {
            dialled.getNow().channel().close();
        }
    }

    private void failed(Throwable cause, Set<InstanceId> tried) {
        LOG.atDebug().addKeyValue("cause", cause).log("dial failed");
        giveLoadBack();
        dialNext(tried);
    }

    private void connected(Dialled there, LocalInstance to, Set<InstanceId> tried) {
        if (there.alpn() != Alpn.TOMBOLO_FWD || !there.endpoint().instance().equals(Optional.of(to.instance()))) {
            there.channel().close();
            failed(new IllegalStateException("it takes no callers, or is another instance"), tried);
            return;
        }
        upstream = there;
        there.channel().closeFuture().addListener(closed -> upstreamGone());
        var reader = new HandoverReader(
                Handover.CHALLENGE, message -> challenged(message, to), why -> refuse(Fault.PEER_UNREACHABLE));
        there.channel().pipeline().addLast(reader);
        reader.await(shared.settings().handover());
    }

    /** The destination's challenge goes on to the caller as it is. */
    private void challenged(byte[] message, LocalInstance from) {
        if (over) {
            return;
        }
        try {
            Challenge challenge = DelegationCodec.challenge(message);
            if (!challenge.instance().equals(from.instance())) {
                refuse(Fault.BAD_DELEGATION);
                return;
            }
            challenge(challenge, message);
        } catch (TomboloException unreadable) {
            refuse(unreadable.fault());
        }
    }

    private void challenge(Challenge challenge, byte[] message) {
        here = new Here(
                shared.tls().svid().id(),
                shared.self(),
                Sni.Service.any(name.port(), name.cluster(), name.federation()),
                challenge,
                Set.copyOf(agreed.stream().toList()));
        Handover.CHALLENGE.send(client, message);
        delegation.await(shared.settings().handover());
    }

    private void unsaid(HandoverReader.Missed why) {
        refuse(why == HandoverReader.Missed.CUT ? Fault.CLIENT_GONE : Fault.BAD_DELEGATION);
    }

    /** The caller's word is that of who shook hands here, for here and now: else nothing goes on. */
    private void said(byte[] message) {
        Here asked = here;
        if (over || asked == null) {
            return;
        }
        try {
            DelegationCodec.Signed signed = DelegationCodec.signed(message);
            VerifiedPeer signer = Delegations.verify(
                    signed, asked, shared.config(), shared.tls().now());
            if (!signer.id().equals(caller.id()) || !signer.dnsName().equals(caller.dnsName())) {
                refuse(Fault.DELEGATION_REFUSED);
                return;
            }
            over = true;
            accepted.pending().giveBack();
            shared.handedOver().increment();
            goOn(message, signed.said().spoken());
        } catch (TomboloException refused) {
            refuse(refused.fault());
        }
    }

    private void goOn(byte[] message, Alpn spoken) {
        Dialled there = upstream;
        if (there != null) {
            Handover.DELEGATION.send(there.channel(), message);
            RelayMeter.Running meter = shared.relayed().meter(client.eventLoop());
            meter.started(Relay.start(client, there.channel(), shared.relays(), end -> ended(meter, end)));
            return;
        }
        Optional<HostPort> address = Optional.ofNullable(endpoint)
                .flatMap(chosen -> chosen.address(name.port().port()));
        if (address.isEmpty() || served == null) {
            throw new IllegalStateException("neither a sidecar nor an endpoint was chosen");
        }
        client.closeFuture().addListener(closed -> giveLoadBack());
        shared.inbound().serve(client, served, caller.id(), spoken, address.get());
    }

    private void ended(RelayMeter.Running meter, RelayEnd end) {
        giveLoadBack();
        shared.relayed().ended(meter.rest(end));
        log(Optional.of(end), Optional.empty());
    }

    /** The reason is counted and goes nowhere else. */
    private void refuse(Fault why) {
        if (over) {
            return;
        }
        over = true;
        accepted.pending().giveBack();
        closeUpstream();
        giveLoadBack();
        shared.count(why);
        log(Optional.empty(), Optional.of(why));
        LOG.atDebug()
                .addKeyValue("caller", caller.id())
                .addKeyValue("fault", why)
                .log("caller refused");
        shared.settings().refusal().hangUp(client);
    }

    private void upstreamGone() {
        refuse(Fault.PEER_UNREACHABLE);
    }

    private void gone() {
        refuse(Fault.CLIENT_GONE);
    }

    private void closeUpstream() {
        if (upstream != null) {
            upstream.channel().close();
        }
    }

    private void load(InstanceId on) {
        loaded = on;
        shared.loads().began(on);
    }

    private void giveLoadBack() {
        InstanceId on = loaded;
        loaded = null;
        if (on != null) {
            shared.loads().ended(on);
        }
    }

    private void log(Optional<RelayEnd> end, Optional<Fault> why) {
        if (shared.accessLog().isOn()) {
            TerminateAccess.log(
                    shared.accessLog(),
                    caller,
                    KeyGroupPeek.of(client),
                    name,
                    Optional.ofNullable(upstream)
                            .flatMap(there -> there.endpoint().instance()),
                    end,
                    why,
                    attempts,
                    startNanos);
        }
    }
}
