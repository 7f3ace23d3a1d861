package io.tombolo.dataplane.upstream;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Promise;
import io.tombolo.dataplane.delegation.Audience;
import io.tombolo.dataplane.delegation.Delegations;
import io.tombolo.dataplane.delegation.Handover;
import io.tombolo.dataplane.delegation.HandoverReader;
import io.tombolo.dataplane.outcome.EndpointKey;
import io.tombolo.dataplane.pick.Picked;
import io.tombolo.dataplane.tls.MeshTls;
import io.tombolo.model.delegation.Challenge;
import io.tombolo.model.delegation.Delegation;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.Sni;
import io.tombolo.trustbundle.verify.VerifiedPeer;
import io.tombolo.wire.codec.DelegationCodec;
import java.time.Duration;
import java.util.Optional;

/**
 * The caller's part with a terminating gateway: answers the challenge of whoever is behind it, before anything else goes out.
 * Which instance that is, is the gateway's word, as its choice is. On the channel's loop.
 */
final class Delegating {
    private final MeshTls tls;
    private final Duration within;
    private final Picked picked;
    private final Dialled gateway;
    private final Promise<Dialled> result;
    private final Channel channel;

    /** @param within how long the challenge may take */
    Delegating(MeshTls tls, Duration within, Picked picked, Dialled gateway, Promise<Dialled> result) {
        this.tls = tls;
        this.within = within;
        this.picked = picked;
        this.gateway = gateway;
        this.result = result;
        this.channel = gateway.channel();
    }

    void begin(VerifiedPeer peer) {
        Sni.Service name = picked.name();
        Optional<Audience> audience = Audience.of(peer, name.cluster(), name.federation());
        if (audience.isEmpty()) {
            fail(DialFailure.Stage.REFUSED, Fault.WRONG_SERVER, "it does not prove which gateway it is");
            return;
        }
        var reader =
                new HandoverReader(Handover.CHALLENGE, message -> challenged(audience.get(), message), this::missed);
        channel.pipeline().addLast(reader);
        reader.await(within);
    }

    private void challenged(Audience audience, byte[] message) {
        try {
            Challenge challenge = DelegationCodec.challenge(message);
            Sni.Service name = picked.name();
            var said = new Delegation(
                    audience.id(),
                    audience.instance(),
                    Sni.Service.any(name.port(), name.cluster(), name.federation()),
                    challenge,
                    gateway.alpn(),
                    tls.now().plus(Delegation.USUAL));
            Handover.DELEGATION.send(channel, Delegations.sign(tls.svid(), said));
            var endpoint = new EndpointKey(name.port(), name.cluster(), Optional.of(challenge.instance()));
            result.setSuccess(new Dialled(
                    channel, endpoint, gateway.server(), gateway.alpn(), gateway.path(), gateway.rttNanos()));
        } catch (TomboloException unreadable) {
            fail(DialFailure.Stage.REFUSED, unreadable.fault(), unreadable.what());
        }
    }

    private void missed(HandoverReader.Missed why) {
        switch (why) {
            case CUT ->
                fail(
                        DialFailure.Stage.REFUSED,
                        Fault.NOT_TERMINATED,
                        "the gateway let nothing through: this workload is none of the service's consumers, or nobody is there");
            case LATE -> fail(DialFailure.Stage.LATE, Fault.NOT_TERMINATED, "the gateway let nothing through in time");
            case MALFORMED -> fail(DialFailure.Stage.REFUSED, Fault.BAD_DELEGATION, "the gateway sent no challenge");
        }
    }

    private void fail(DialFailure.Stage stage, Fault fault, String what) {
        channel.close();
        result.tryFailure(new DialFailure(
                stage,
                new TomboloException(
                        fault,
                        "" + picked.endpoint(),
                        what,
                        "ask the service's owner, or look at that gateway's log")));
    }
}
