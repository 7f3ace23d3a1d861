package io.tombolo.controller.enrol;

import com.google.protobuf.ByteString;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Nonces that may be used once, for a minute. Bounded: when there are too many, the oldest goes. Safe on any thread. */
final class Challenges {
    /** How long a nonce may wait. */
    static final Duration LIFE = Duration.ofSeconds(60);

    /** Most nonces that wait. */
    static final int MAX = 10_000;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    private final LinkedHashMap<ByteString, Instant> waiting = new LinkedHashMap<>();

    synchronized ByteString issue(Instant now) {
        byte[] nonce = new byte[BYTES];
        RANDOM.nextBytes(nonce);
        if (waiting.size() >= MAX) {
            waiting.pollFirstEntry();
        }
        ByteString text = ByteString.copyFrom(nonce);
        waiting.put(text, now);
        return text;
    }

    /** Whether the nonce was issued less than a minute ago and not used since; it is used now. */
    synchronized boolean use(ByteString nonce, Instant now) {
        Map.Entry<ByteString, Instant> oldest = waiting.firstEntry();
        while (oldest != null && oldest.getValue().plus(LIFE).isBefore(now)) {
            waiting.pollFirstEntry();
            oldest = waiting.firstEntry();
        }
        return waiting.remove(nonce) != null;
    }
}
