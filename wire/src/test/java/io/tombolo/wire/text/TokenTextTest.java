package io.tombolo.wire.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.wire.token.JoinToken;
import org.junit.jupiter.api.Test;

class TokenTextTest {
    private static final JoinToken WEST = JoinToken.newBuilder()
            .setCluster("west")
            .setSeed(ByteString.copyFrom(new byte[32]))
            .build();

    @Test
    void whatIsWrittenReadsBackTheSame() {
        assertThat(TokenText.join(TokenText.write(WEST) + "\n")).isEqualTo(WEST);
    }

    @Test
    void everySingleChangedCharacterIsNoticed() {
        String text = TokenText.write(WEST);
        for (int i = 0; i < text.length(); i++) {
            char other = text.charAt(i) == 'x' ? 'y' : 'x';
            String changed = text.substring(0, i) + other + text.substring(i + 1);
            // The last character of base64 may carry unused bits only.
            if (i < text.length() - 1) {
                assertThatThrownBy(() -> TokenText.join(changed))
                        .as("character %s", i)
                        .isInstanceOf(TomboloException.class);
            }
        }
    }

    @Test
    void aTokenThatWasHandedOutStaysReadable() {
        String golden = "tmb1_CiAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABIEZGVtbxoOMTAuMC4wLjE6MTUwMTIiIAAAAAAAA"
                + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAKgR3ZXN0MhAAAAAAAAAAAAAAAAAAAAAAOIDI4uHBM0IgAAAAAAAAAAA"
                + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABfzX_1";
        ByteString hash = ByteString.copyFrom(new byte[32]);
        JoinToken token = JoinToken.newBuilder()
                .setFederationId(hash)
                .setFederationName("demo")
                .addEnrolmentAddresses("10.0.0.1:15012")
                .setCaPin(hash)
                .setCluster("west")
                .setTokenId(ByteString.copyFrom(new byte[16]))
                .setExpiresAtMs(1_770_000_000_000L)
                .setSeed(hash)
                .build();
        assertThat(TokenText.write(token)).isEqualTo(golden);
        assertThat(TokenText.join(golden)).isEqualTo(token);
    }

    @Test
    void aTokenOfTheOtherSortIsNamed() {
        assertThatThrownBy(() -> TokenText.workload(TokenText.write(WEST)))
                .hasMessageContaining("it is a token for a cluster to join")
                .hasMessageContaining("begins with tmw1_");
    }

    @Test
    void refusalsNeverShowTheToken() {
        String text = TokenText.write(WEST);
        assertThatThrownBy(() -> TokenText.workload(text))
                .hasMessageStartingWith("TB-4001 TOKEN_MALFORMED")
                .hasMessageNotContaining(text.substring(6, 20));
    }
}
