package io.tombolo.wire.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.tombolo.model.delegation.Challenge;
import io.tombolo.model.delegation.Delegation;
import io.tombolo.model.delegation.Nonce;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.Alpn;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.Sni;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.wire.delegation.SignedDelegation;
import java.util.List;

/** The messages of {@code delegation.proto}. What cannot be read is refused with BAD_DELEGATION, whatever is wrong with it. */
public final class DelegationCodec {
    /** Longest chain, in certificates. */
    public static final int MOST_CERTIFICATES = 8;

    private static final String WHERE = "delegation";

    private DelegationCodec() {}

    /**
     * A delegation with its proof, neither of which is believed yet.
     * @param bytes as they were signed
     * @param said  what they say
     * @param chain DER, leaf first
     */
    public record Signed(byte[] bytes, Delegation said, byte[] signature, List<byte[]> chain) {}

    public static byte[] bytes(Challenge challenge) {
        return wire(challenge).toByteArray();
    }

    public static byte[] bytes(Delegation said) {
        return io.tombolo.wire.delegation.Delegation.newBuilder()
                .setGatewayId(said.gateway().toString())
                .setGatewayInstance(said.gatewayInstance().value())
                .setTarget(said.target().toString())
                .setChallenge(wire(said.challenge()))
                .setSpoken(said.spoken().protocol())
                .setExpiresAtMs(said.expiresAt().toEpochMilli())
                .build()
                .toByteArray();
    }

    public static byte[] bytes(byte[] delegation, byte[] signature, List<byte[]> chain) {
        return SignedDelegation.newBuilder()
                .setDelegation(ByteString.copyFrom(delegation))
                .setSignature(ByteString.copyFrom(signature))
                .addAllChain(chain.stream().map(ByteString::copyFrom).toList())
                .build()
                .toByteArray();
    }

    /** @throws TomboloException BAD_DELEGATION */
    public static Challenge challenge(byte[] bytes) {
        return read(() -> challenge(parse(io.tombolo.wire.delegation.Challenge.parser(), bytes)));
    }

    /** @throws TomboloException BAD_DELEGATION */
    public static Signed signed(byte[] bytes) {
        return read(() -> {
            SignedDelegation signed = parse(SignedDelegation.parser(), bytes);
            byte[] delegation = signed.getDelegation().toByteArray();
            List<byte[]> chain = Wire.list(WHERE, signed.getChainList(), MOST_CERTIFICATES, ByteString::toByteArray);
            return new Signed(
                    delegation, delegation(delegation), signed.getSignature().toByteArray(), chain);
        });
    }

    private static Delegation delegation(byte[] bytes) {
        var wire = parse(io.tombolo.wire.delegation.Delegation.parser(), bytes);
        return new Delegation(
                SpiffeId.require(wire.getGatewayId()),
                new InstanceId(wire.getGatewayInstance()),
                target(wire.getTarget()),
                challenge(wire.getChallenge()),
                Alpn.of(wire.getSpoken()).orElseThrow(() -> Wire.malformed(WHERE, "its protocol is unknown")),
                Wire.instant(WHERE, wire.getExpiresAtMs()));
    }

    private static Sni.Service target(String text) {
        return Sni.parse(text)
                .filter(Sni.Service.class::isInstance)
                .map(Sni.Service.class::cast)
                .orElseThrow(() -> Wire.malformed(WHERE, "its target is no service port"));
    }

    private static Challenge challenge(io.tombolo.wire.delegation.Challenge wire) {
        return new Challenge(Nonce.of(wire.getNonce().toByteArray()), new InstanceId(wire.getInstance()));
    }

    private static io.tombolo.wire.delegation.Challenge wire(Challenge challenge) {
        return io.tombolo.wire.delegation.Challenge.newBuilder()
                .setNonce(ByteString.copyFrom(challenge.nonce().bytes()))
                .setInstance(challenge.instance().value())
                .build();
    }

    private static <M extends Message> M parse(Parser<M> parser, byte[] bytes) {
        try {
            M message = parser.parseFrom(bytes);
            CriticalFields.refuseAnyUnknown(WHERE, message);
            return message;
        } catch (InvalidProtocolBufferException noMessage) {
            throw Wire.malformed(WHERE, "its bytes are no such message");
        }
    }

    private interface Reading<T> {
        T read();
    }

    private static <T> T read(Reading<T> reading) {
        try {
            return reading.read();
        } catch (TomboloException unreadable) {
            throw new TomboloException(Fault.BAD_DELEGATION, WHERE, unreadable.what(), "compare `tombolo version`");
        }
    }
}
