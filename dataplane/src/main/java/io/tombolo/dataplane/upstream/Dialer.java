package io.tombolo.dataplane.upstream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.tombolo.dataplane.identity.LivePeers;
import io.tombolo.dataplane.loop.AddressGate;
import io.tombolo.dataplane.loop.Loops;
import io.tombolo.dataplane.outcome.EndpointKey;
import io.tombolo.dataplane.pick.Picked;
import io.tombolo.dataplane.tls.Established;
import io.tombolo.dataplane.tls.HandshakeException;
import io.tombolo.dataplane.tls.MeshTls;
import io.tombolo.model.catalog.AddressRules;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.Alpn;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.Sni;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.trustbundle.svid.InstanceName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Makes connections. Any loop; the result is completed on the loop that was named, where the channel lives. */
public final class Dialer {
    private final Loops loops;
    private final MeshTls tls;
    private final LivePeers peers;
    private final Duration dialTimeout;
    private final Duration handoverTimeout;
    private final Optional<Supplier<AddressRules>> forApps;

    /**
     * For what is on this machine, and for the mesh.
     * @param dialTimeout     limit for one TCP handshake; the limit for TLS is {@code tls}' own
     * @param handoverTimeout limit for the challenge of whoever is behind a gateway that ends TLS
     */
    public Dialer(Loops loops, MeshTls tls, LivePeers peers, Duration dialTimeout, Duration handoverTimeout) {
        this(loops, tls, peers, dialTimeout, handoverTimeout, Optional.empty());
    }

    /**
     * For who does not only dial what is on its own machine.
     * @param forApps which addresses {@link #connect} may lead to
     */
    public Dialer(
            Loops loops,
            MeshTls tls,
            LivePeers peers,
            Duration dialTimeout,
            Duration handoverTimeout,
            Optional<Supplier<AddressRules>> forApps) {
        this.loops = loops;
        this.tls = tls;
        this.peers = peers;
        this.dialTimeout = dialTimeout;
        this.handoverTimeout = handoverTimeout;
        this.forApps = forApps;
    }

    /**
     * Dials into the mesh.
     * @param offered what may be spoken, preferred first
     * @return fails with a {@link DialFailure}
     */
    public Future<Dialled> mesh(EventLoop loop, Picked picked, List<Alpn> offered) {
        Promise<Dialled> result = loop.newPromise();
        long startNanos = System.nanoTime();
        // who calls its own service may well get itself; a gateway is always another process
        Future<Channel> dialled = picked.path().isPresent()
                ? connectAway(loop, picked.address())
                : connect(loop, picked.address(), Optional.empty(), true);
        dialled.addListener((Future<Channel> connected) -> {
            if (!connected.isSuccess()) {
                result.setFailure(unreachable(picked.address(), connected.cause()));
                return;
            }
            long rttNanos = System.nanoTime() - startNanos;
            shake(connected.getNow(), picked.name(), offered, picked.serverIds())
                    .addListener((Future<Established> shaken) -> {
                        if (shaken.isSuccess()) {
                            established(connected.getNow(), shaken.getNow(), picked, offered, rttNanos, result);
                        } else {
                            result.setFailure(notShaken((TomboloException) shaken.cause(), picked));
                        }
                    });
        });
        return result;
    }

    /**
     * Asks a gateway to prove that it is there, and closes again.
     * @param answering the instances whose proof counts
     * @return the round trip of the TCP handshake in ns
     */
    public Future<Long> probe(
            EventLoop loop, HostPort address, Sni.Probe name, SpiffeId gatewayId, Set<InstanceId> answering) {
        Promise<Long> result = loop.newPromise();
        long startNanos = System.nanoTime();
        connectAway(loop, address).addListener((Future<Channel> connected) -> {
            if (!connected.isSuccess()) {
                result.setFailure(connected.cause());
                return;
            }
            long rttNanos = System.nanoTime() - startNanos;
            shake(connected.getNow(), name, List.of(Alpn.TOMBOLO_CTL), Set.of(gatewayId))
                    .addListener((Future<Established> shaken) -> {
                        connected.getNow().close();
                        if (!shaken.isSuccess()) {
                            result.setFailure(shaken.cause());
                        } else if (InstanceName.gateway(
                                        shaken.getNow().peer().instanceName(), name.cluster(), name.federation())
                                .filter(answering::contains)
                                .isEmpty()) {
                            result.setFailure(anotherGateway(address, name));
                        } else {
                            result.setSuccess(rttNanos);
                        }
                    });
        });
        return result;
    }

    private static TomboloException anotherGateway(HostPort address, Sni.Probe name) {
        return new TomboloException(
                Fault.WRONG_SERVER,
                "address " + address,
                "leads to another gateway than " + name.gateway(),
                "check the addresses that the gateways of " + name.cluster() + " advertise");
    }

    /**
     * Connects to the application, or to anything else on this machine. The channel does not read until told to.
     * @return fails with what the network says, or with a TomboloException RELAY_LOOP for a listener of this very program
     */
    public Future<Channel> connect(EventLoop loop, HostPort address) {
        Optional<ChannelHandler> gate = forApps.map(rules -> AddressGate.ofEndpoint(address, rules.get()));
        return connect(loop, address, gate, false);
    }

    private Future<Channel> connect(
            EventLoop loop, HostPort address, Optional<ChannelHandler> first, boolean evenToSelf) {
        Promise<Channel> result = loop.newPromise();
        var client = loops.client(loop, dialTimeout).handler(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                first.ifPresent(channel.pipeline()::addLast);
                channel.pipeline().addLast(Unconnected.INSTANCE);
            }
        });
        loops.connect(loop, client, address.host(), address.port()).addListener((Future<Channel> connected) -> {
            if (!connected.isSuccess()) {
                result.setFailure(connected.cause());
            } else if (!evenToSelf && loops.listeners().leadsBack(connected.getNow())) {
                connected.getNow().close();
                result.setFailure(LoopGuard.ownListener(address));
            } else {
                Unconnected.leave(connected.getNow());
                result.setSuccess(connected.getNow());
            }
        });
        return result;
    }

    /** Connects to what another cluster named, if its address may be dialled. */
    private Future<Channel> connectAway(EventLoop loop, HostPort address) {
        Future<Channel> dialled = connect(loop, address, Optional.of(new AddressGate(address, peers.dialing())), false);
        return dialled.addListener(done -> {
            if (done.cause() instanceof TomboloException refused) {
                peers.refusedAddress(refused);
            }
        });
    }

    private Future<Established> shake(Channel channel, Sni name, List<Alpn> offered, Set<SpiffeId> serverIds) {
        return tls.client(channel, name, offered, serverIds);
    }

    private void established(
            Channel channel,
            Established shaken,
            Picked picked,
            List<Alpn> offered,
            long rttNanos,
            Promise<Dialled> result) {
        if (!peers.add(channel, shaken.peer())) {
            result.setFailure(new DialFailure(
                    DialFailure.Stage.REFUSED,
                    new TomboloException(
                            Fault.EVICTED_PEER, "server " + shaken.peer().id(), "is not believed any more", "")));
            return;
        }
        EndpointKey wanted = picked.endpoint();
        var endpoint = new EndpointKey(
                wanted.port(),
                wanted.cluster(),
                shaken.peer()
                        .instanceName()
                        .filter(InstanceName.Workload.class::isInstance)
                        .map(InstanceName.Workload.class::cast)
                        .filter(name -> name.cluster().equals(wanted.cluster()))
                        .map(InstanceName.Workload::instance));
        if (isAnother(picked, endpoint)) {
            channel.close();
            result.setFailure(new DialFailure(DialFailure.Stage.REFUSED, anotherInstance(picked, endpoint)));
            return;
        }
        Alpn spoken = shaken.alpn().orElse(offered.getLast());
        var dialled = new Dialled(channel, endpoint, shaken.peer().id(), spoken, picked.path(), rttNanos);
        if (dialled.server().isGateway()) {
            new Delegating(tls, handoverTimeout, picked, dialled, result).begin(shaken.peer());
        } else {
            result.setSuccess(dialled);
        }
    }

    /** An address may be somebody else's by now. Who proves no instance cannot be told from another one. */
    private static boolean isAnother(Picked picked, EndpointKey proven) {
        return picked.name().wanted() == Sni.Wanted.EXACT
                && proven.instance().isPresent()
                && !proven.instance().equals(picked.name().instance());
    }

    private static TomboloException anotherInstance(Picked picked, EndpointKey proven) {
        return new TomboloException(
                Fault.WRONG_SERVER,
                "" + picked.endpoint(),
                "the server proves to be " + proven.instance().orElseThrow() + ", and exactly that one was asked for",
                "ask again; if it lasts, two instances say that they are at " + picked.address());
    }

    private static DialFailure notShaken(TomboloException why, Picked picked) {
        DialFailure.Stage stage = !(why instanceof HandshakeException broken)
                ? DialFailure.Stage.REFUSED // by ourselves: it is not who may answer
                : switch (broken.ending()) {
                    case REFUSED -> DialFailure.Stage.REFUSED;
                    case CUT -> DialFailure.Stage.CUT;
                    case LATE -> DialFailure.Stage.LATE;
                };
        return new DialFailure(stage, why.in("" + picked.endpoint()));
    }

    private static DialFailure unreachable(HostPort address, Throwable cause) {
        return new DialFailure(
                DialFailure.Stage.CONNECT,
                cause instanceof TomboloException known
                        ? known
                        : new TomboloException(
                                Fault.PEER_UNREACHABLE,
                                "address " + address,
                                "cannot be connected to: " + (cause.getMessage() == null ? cause : cause.getMessage()),
                                "check that it runs and that the way to it is open"));
    }
}
