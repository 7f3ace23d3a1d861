package io.tombolo.controller.publish;

import com.google.protobuf.ByteString;
import java.security.SecureRandom;

/** Names of starts: nobody draws the same twice. */
final class StartIds {
    private static final int BYTES = 16;

    private StartIds() {}

    static ByteString next(SecureRandom random) {
        byte[] id = new byte[BYTES];
        random.nextBytes(id);
        return ByteString.copyFrom(id);
    }
}
