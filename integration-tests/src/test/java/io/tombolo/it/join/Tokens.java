package io.tombolo.it.join;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.tombolo.wire.text.TokenText;
import io.tombolo.wire.token.JoinToken;
import java.util.function.UnaryOperator;

/** Tokens as somebody may have changed them on their way. */
final class Tokens {
    private Tokens() {}

    static String changed(JsonNode made, UnaryOperator<JoinToken.Builder> change) {
        JoinToken token = TokenText.join(made.path("token").asText());
        return TokenText.write(change.apply(token.toBuilder()).build());
    }

    /** The same token, to be redeemed at another address. */
    static String sentTo(JsonNode made, String address) {
        return changed(made, t -> t.clearEnrolmentAddresses().addEnrolmentAddresses(address));
    }

    static ByteString flipped(ByteString bytes) {
        byte[] flipped = bytes.toByteArray();
        flipped[0] ^= 1;
        return ByteString.copyFrom(flipped);
    }
}
