package io.tombolo.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.testing.Fuzz;
import org.junit.jupiter.api.Test;

/** What anybody in the mesh may send before a word of it is believed: a value, or one fault. */
class DelegationFuzzTest {
    private int read;

    @Test
    void aDelegationIsReadToTheSameAgainOrRefused() {
        Fuzz.of(DelegationFuzzTest.class, "delegation")
                .with(DelegationCodecTest.signed())
                .with(DelegationCodec.bytes(DelegationCodecTest.CHALLENGE))
                .spicedWith(
                        "\\x00",
                        "\\x0a\\x00",
                        "\\x1a\\x00",
                        "\\xff\\xff\\xff\\xff\\x0f",
                        "\\xc2\\x3e\\x00",
                        "x-",
                        "80.")
                .rounds(8_000, input -> look(input.bytes()));
        assertThat(read)
                .as("some are still delegations, else this shows nothing")
                .isPositive();
    }

    private void look(byte[] bytes) {
        try {
            DelegationCodec.Signed signed = DelegationCodec.signed(bytes);
            DelegationCodec.Signed again =
                    DelegationCodec.signed(DelegationCodec.bytes(signed.bytes(), signed.signature(), signed.chain()));
            assertThat(again.said()).isEqualTo(signed.said());
            assertThat(again.bytes()).isEqualTo(signed.bytes());
            read++;
        } catch (TomboloException refused) {
            assertThat(refused.fault()).isEqualTo(Fault.BAD_DELEGATION);
        }
        try {
            assertThat(DelegationCodec.challenge(bytes).nonce().bytes()).hasSize(32);
        } catch (TomboloException refused) {
            assertThat(refused.fault()).isEqualTo(Fault.BAD_DELEGATION);
        }
    }
}
