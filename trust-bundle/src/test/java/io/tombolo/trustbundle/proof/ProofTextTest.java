package io.tombolo.trustbundle.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationId;
import io.tombolo.trustbundle.key.Ed25519Key;
import io.tombolo.trustbundle.key.LengthPrefixed;
import io.tombolo.trustbundle.key.Sha256;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The texts are part of the wire: another version of the program must build the same bytes. */
class ProofTextTest {
    private static final byte[] EXPORTER = Sha256.of(new byte[] {1});
    private static final byte[] TOKEN = new byte[16];
    private static final FederationId FEDERATION = FederationId.of(Sha256.of(new byte[] {2}));
    private static final ClusterId WEST = new ClusterId("west");
    private static final byte[] REQUEST = {7, 7, 7};

    @Test
    void labelComesAsItIsAndEveryPartWithItsLength() {
        // When
        byte[] text = LengthPrefixed.labelled("v1")
                .with(new byte[] {9})
                .with("é")
                .with(new byte[0])
                .withU64(258)
                .toBytes();
        // Then
        assertThat(HexFormat.of().formatHex(text))
                .isEqualTo("7631" + "0000000109" + "00000002c3a9" + "00000000" + "000000080000000000000102");
    }

    @Test
    void movingAByteFromOnePartToTheNextGivesAnotherText() {
        assertThat(LengthPrefixed.labelled("v1").with("ab").with("c").toBytes())
                .isNotEqualTo(LengthPrefixed.labelled("v1").with("a").with("bc").toBytes());
    }

    @Test
    void textOfJoiningIsAsInTheFirstVersion() {
        byte[] text = ProofText.join(EXPORTER, TOKEN, FEDERATION, WEST, List.of(REQUEST, REQUEST, REQUEST, REQUEST));
        byte[] byHand = LengthPrefixed.labelled("tombolo-join-v1")
                .with(EXPORTER)
                .with(TOKEN)
                .with(FEDERATION.bytes())
                .with("west")
                .with(Sha256.of(REQUEST))
                .with(Sha256.of(REQUEST))
                .with(Sha256.of(REQUEST))
                .with(Sha256.of(REQUEST))
                .toBytes();
        assertThat(text).isEqualTo(byHand);
        assertThat(digest(text)).isEqualTo("1ec64d59aace0fdd6320f775c85c0128525731a20b98c2ca7b82c94934afa949");
    }

    @Test
    void textsOfMembersAreAsInTheFirstVersion() {
        assertThat(digest(ProofText.renewBackbone(EXPORTER, FEDERATION, WEST, 3, 1_000, REQUEST)))
                .isEqualTo("41399d4d023bdc733f7fd165bc61392527942f1aff0d8c97c30ee1e785c8b713");
        assertThat(digest(ProofText.leave(EXPORTER, FEDERATION, WEST, 3, 1_000)))
                .isEqualTo("64bf1bcb65bc4f11fada6e77c3913d753cd8b6db59adac09d5b456089332ccc9");
        var keys = List.of(Ed25519Key.fromSeed(new byte[32]).publicKey());
        byte[] change = ProofText.changeSigningKeys(EXPORTER, FEDERATION, WEST, 3, 1_000, keys);
        assertThat(change)
                .isEqualTo(LengthPrefixed.labelled("tombolo-change-signing-keys-v1")
                        .with(EXPORTER)
                        .with(FEDERATION.bytes())
                        .with("west")
                        .withU64(3)
                        .withU64(1_000)
                        .with(keys.getFirst().raw())
                        .toBytes());
    }

    @Test
    void textOfADelegationIsAsInTheFirstVersion() {
        assertThat(digest(ProofText.delegation(new byte[] {1, 2}, REQUEST)))
                .isEqualTo("651bbf3d5cf62a7c3fbf6676840423933a29f36a864e25ece4620d2ee6b29a7a");
    }

    @Test
    void textsOfNodesAreAsInTheFirstVersion() {
        var node = Ed25519Key.fromSeed(new byte[32]).publicKey();
        assertThat(digest(ProofText.register(EXPORTER, TOKEN, node, REQUEST)))
                .isEqualTo("eefa8b279818fa1a8d750da1e5e9d332240a5d84998ffbb47e446d9acb77069f");
        assertThat(digest(ProofText.renew(EXPORTER, node, REQUEST)))
                .isEqualTo("027e58677dd48f633f66de64e68cfb829443364c64895eb38a170896bfd11664");
    }

    private static String digest(byte[] text) {
        return HexFormat.of().formatHex(Sha256.of(text));
    }
}
