package io.tombolo.dataplane.exchange;

import io.netty.channel.Channel;
import io.tombolo.dataplane.delegation.Audience;
import io.tombolo.dataplane.delegation.Delegations;
import io.tombolo.dataplane.delegation.Handover;
import io.tombolo.dataplane.delegation.HandoverReader;
import io.tombolo.dataplane.delegation.Vouched;
import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.dataplane.route.Served;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.catalog.OwnCluster;
import io.tombolo.model.delegation.Challenge;
import io.tombolo.model.delegation.Here;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.Alpn;
import io.tombolo.model.name.Sni;
import io.tombolo.trustbundle.verify.VerifiedPeer;
import io.tombolo.wire.codec.DelegationCodec;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection of this cluster's own gateway that brings a caller: challenged, verified, and from then on that caller's. The
 * gateway's identity counts for nothing but being the one that the caller spoke to.
 */
final class Forwarded {
    private static final Logger LOG = LoggerFactory.getLogger(Forwarded.class);

    private final Inbound inbound;
    private final Channel channel;
    private final Served served;

    Forwarded(Inbound inbound, Channel channel, Served served) {
        this.inbound = inbound;
        this.channel = channel;
        this.served = served;
    }

    /** What may be spoken with whom a port is for; callers are handed over only where its export says so. */
    static List<Alpn> spoken(Served served) {
        List<Alpn> direct = served.protocol().isHttp() ? List.of(Alpn.H2, Alpn.HTTP_1_1) : List.of(Alpn.TOMBOLO_TCP);
        if (served.service().mode() != ExportMode.TERMINATE) {
            return direct;
        }
        return served.protocol().isHttp()
                ? List.of(Alpn.H2, Alpn.HTTP_1_1, Alpn.TOMBOLO_FWD)
                : List.of(Alpn.TOMBOLO_TCP, Alpn.TOMBOLO_FWD);
    }

    void begin(VerifiedPeer peer) {
        Optional<OwnCluster> own = inbound.config().own();
        Optional<Audience> gateway = own.filter(
                        cluster -> cluster.trustDomain().equals(peer.id().trustDomain()))
                .flatMap(cluster -> Audience.of(peer, cluster.cluster(), cluster.federation()));
        if (own.isEmpty() || gateway.isEmpty()) {
            refuse(Fault.NOT_OWN_GATEWAY, "" + peer);
            return;
        }
        Challenge challenge = Delegations.challenge(inbound.settings().instance());
        var here = new Here(
                gateway.get().id(),
                gateway.get().instance(),
                Sni.Service.any(served.port(), own.get().cluster(), own.get().federation()),
                challenge,
                Set.copyOf(spoken(served)));
        var reader = new HandoverReader(
                Handover.DELEGATION,
                message -> taken(message, here),
                why -> refuse(Fault.BAD_DELEGATION, "none came from " + peer + ": " + why));
        channel.pipeline().addLast(reader);
        reader.await(inbound.settings().hello().timeout());
        Handover.CHALLENGE.send(channel, DelegationCodec.bytes(challenge));
    }

    private void taken(byte[] message, Here here) {
        try {
            DelegationCodec.Signed signed = DelegationCodec.signed(message);
            ProxyConfig config = inbound.config();
            VerifiedPeer caller =
                    Delegations.verify(signed, here, config, inbound.tls().now());
            if (inbound.peers().add(channel, caller)) {
                new Vouched(caller, here.gatewayInstance()).rememberOn(channel);
                inbound.metrics().forwarded.increment();
                inbound.speak(channel, served, caller.id(), signed.said().spoken());
            }
        } catch (TomboloException refused) {
            refuse(refused.fault(), refused.getMessage() + " From gateway " + here.gatewayInstance());
        }
    }

    private void refuse(Fault why, String what) {
        inbound.metrics().fault(why);
        long heldBack = inbound.forwardedLines().ask(System.nanoTime());
        if (heldBack >= 0) {
            LOG.atWarn()
                    .addKeyValue("service", served.port())
                    .addKeyValue("fault", why.code())
                    .addKeyValue("others", heldBack)
                    .log("no caller was taken from a gateway: {}", what);
        }
        channel.close();
    }
}
