package io.tombolo.wire.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.fault.TomboloException;
import io.tombolo.testing.Fuzz;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** What somebody pastes for a token is a token or refused with its own code, also when its check bytes are right. */
class TokenFuzzTest {
    @Test
    void aTextIsATokenOrRefused() {
        Fuzz.of(TokenFuzzTest.class, "token")
                .spicedWith("tmb1_", "tmw1_", "=", "-", "_", " ", "\\n", "\\x00", "\\xe9")
                .rounds(5_000, input -> look(input.text()));
    }

    @Test
    void aMessageWithRightCheckBytesIsATokenOrRefused() throws Exception {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        Fuzz.of(TokenFuzzTest.class, "token-message")
                .spicedWith("\\x0a\\xff\\xff\\xff\\xff\\x0f", "\\x00", "\\xff", "\\x12\\x04")
                .rounds(5_000, input -> {
                    byte[] checked = Arrays.copyOf(input.bytes(), input.bytes().length + 4);
                    System.arraycopy(sha256.digest(input.bytes()), 0, checked, input.bytes().length, 4);
                    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(checked);
                    look("tmb1_" + text);
                    look("tmw1_" + text);
                });
    }

    private static void look(String text) {
        try {
            if (text.strip().startsWith("tmw1_")) {
                TokenText.workload(text);
            } else {
                TokenText.join(text);
            }
        } catch (TomboloException refused) {
            assertThat(refused.fault().code()).isEqualTo("TB-4001");
            String shown = text.strip();
            assertThat(shown.length() < 40
                            || !String.valueOf(refused.getMessage()).contains(shown.substring(5, 40)))
                    .as("a refusal does not show the token")
                    .isTrue();
        }
    }
}
