package io.tombolo.dataplane.relay;

import java.util.Optional;
import java.util.Set;

/**
 * Whether a request that failed may be sent again. Only the calling side retries.
 * @param maxAttempts in all, the first included; 1 switches retries off
 */
public record RetryRule(int maxAttempts) {
    /** Three attempts. */
    public static final RetryRule DEFAULT = new RetryRule(3);

    /** No retries. */
    public static final RetryRule NEVER = new RetryRule(1);

    /** RFC 9110 §9.2.2. */
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE");

    /** Whether doing it twice is like doing it once. */
    public static boolean isIdempotent(String method) {
        return IDEMPOTENT.contains(method);
    }

    /**
     * Decides, for a request all of whose body is still here.
     * @param attempts    made so far
     * @param answerBegun a byte of the answer was passed on
     * @param established a connection for this attempt was there
     * @param processed   what the destination says about whether the application saw it; empty = it said nothing
     */
    public boolean allows(
            String method, int attempts, boolean answerBegun, boolean established, Optional<Boolean> processed) {
        if (answerBegun || attempts >= maxAttempts) {
            return false;
        }
        if (!established) {
            return true;
        }
        return processed.map(seen -> !seen).orElse(isIdempotent(method));
    }
}
