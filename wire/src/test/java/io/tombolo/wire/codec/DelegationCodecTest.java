package io.tombolo.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.tombolo.model.delegation.Challenge;
import io.tombolo.model.delegation.Delegation;
import io.tombolo.model.delegation.Nonce;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.Alpn;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationName;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.name.Sni;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.wire.delegation.SignedDelegation;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DelegationCodecTest {
    static final Challenge CHALLENGE = new Challenge(new Nonce("0123456789abcdef".repeat(4)), InstanceId.of(2));

    static final Delegation SAID = new Delegation(
            SpiffeId.gateway(new TrustDomain("west.demo.tombolo")),
            InstanceId.of(1),
            Sni.Service.any(
                    new ServicePort(new ServiceName("shop", "checkout"), 80),
                    new ClusterId("west"),
                    new FederationName("demo")),
            CHALLENGE,
            Alpn.H2,
            Instant.parse("2026-11-26T12:00:00.123Z"));

    static byte[] signed() {
        return DelegationCodec.bytes(
                DelegationCodec.bytes(SAID), new byte[] {1, 2, 3}, List.of(new byte[] {4}, new byte[] {5, 6}));
    }

    @Test
    void whatIsWrittenReadsTheSame() {
        DelegationCodec.Signed read = DelegationCodec.signed(signed());
        assertThat(read.said()).isEqualTo(SAID);
        assertThat(read.bytes()).isEqualTo(DelegationCodec.bytes(SAID));
        assertThat(read.signature()).containsExactly(1, 2, 3);
        assertThat(read.chain()).containsExactly(new byte[] {4}, new byte[] {5, 6});
        assertThat(DelegationCodec.challenge(DelegationCodec.bytes(CHALLENGE))).isEqualTo(CHALLENGE);
    }

    /** Changing what goes over the wire needs another version in its preface. */
    @Test
    void theBytesAreThoseOfTheGoldenFile() throws IOException {
        try (InputStream golden = getClass().getResourceAsStream("/golden/v1/delegation.bin")) {
            assertThat(signed())
                    .isEqualTo(Objects.requireNonNull(golden, "delegation.bin").readAllBytes());
        }
    }

    @Test
    void whoDoesNotKnowAFieldRefusesTheMessageWhateverItsNumber() throws InvalidProtocolBufferException {
        for (int number : new int[] {17, 1_500}) {
            var unknown = UnknownFieldSet.newBuilder()
                    .addField(
                            number,
                            UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                    .build();
            byte[] outer = SignedDelegation.parseFrom(signed()).toBuilder()
                    .setUnknownFields(unknown)
                    .build()
                    .toByteArray();
            byte[] inner = io.tombolo.wire.delegation.Delegation.parseFrom(DelegationCodec.bytes(SAID)).toBuilder()
                    .setUnknownFields(unknown)
                    .build()
                    .toByteArray();
            refuses(outer);
            refuses(DelegationCodec.bytes(inner, new byte[] {1}, List.of(new byte[] {4})));
        }
    }

    @Test
    void aChainHasABound() {
        refuses(DelegationCodec.bytes(
                DelegationCodec.bytes(SAID),
                new byte[] {1},
                Collections.nCopies(DelegationCodec.MOST_CERTIFICATES + 1, new byte[] {4})));
    }

    private static void refuses(byte[] bytes) {
        assertThatThrownBy(() -> DelegationCodec.signed(bytes))
                .isInstanceOf(TomboloException.class)
                .hasMessageContaining("TB-2050");
    }
}
