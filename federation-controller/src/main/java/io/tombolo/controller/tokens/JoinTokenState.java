package io.tombolo.controller.tokens;

import java.time.Duration;
import java.time.Instant;

/** Where a join token stands. A token moves Open → Redeeming → Done, or Open → Revoked, and never back. */
public sealed interface JoinTokenState {
    /** How long the same joiner gets the same answer again. */
    Duration REPEATABLE = Duration.ofHours(24);

    /** Nobody used it. */
    record Open() implements JoinTokenState {}

    /**
     * One joiner holds it, for one epoch; nobody else ever will.
     * @param joiner digest of all of the joiner's public keys, 64 hexadecimal digits
     * @param epoch  what it is or will be admitted to: once that is over, the token opens nothing more
     */
    record Redeeming(String joiner, long epoch, Instant since) implements JoinTokenState {}

    /** The joiner was admitted at {@code epoch}. */
    record Done(String joiner, long epoch, Instant at) implements JoinTokenState {}

    /** It was taken back before anybody used it. */
    record Revoked(Instant at) implements JoinTokenState {}

    /** One word for lists. */
    default String word() {
        return switch (this) {
            case Open _ -> "open";
            case Redeeming _ -> "redeeming";
            case Done _ -> "used";
            case Revoked _ -> "revoked";
        };
    }
}
