package io.tombolo.controller.tokens;

import io.tombolo.model.name.ClusterId;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A join token in its file. */
record JoinTokenForm(
        String id,
        String cluster,
        String key,
        long createdAtMs,
        long expiresAtMs,
        Grant grant,
        String state,
        @Nullable String joiner,
        long epoch,
        long atMs) {
    record Ledger(List<JoinTokenForm> tokens) {}

    static JoinTokenForm of(JoinTokenRecord token) {
        return switch (token.state()) {
            case JoinTokenState.Open _ -> form(token, null, 0, Instant.EPOCH);
            case JoinTokenState.Redeeming held -> form(token, held.joiner(), held.epoch(), held.since());
            case JoinTokenState.Done done -> form(token, done.joiner(), done.epoch(), done.at());
            case JoinTokenState.Revoked gone -> form(token, null, 0, gone.at());
        };
    }

    private static JoinTokenForm form(JoinTokenRecord token, @Nullable String joiner, long epoch, Instant at) {
        return new JoinTokenForm(
                token.id().hex(),
                token.cluster().value(),
                HexFormat.of().formatHex(token.key().raw()),
                token.createdAt().toEpochMilli(),
                token.expiresAt().toEpochMilli(),
                token.grant(),
                token.state().word(),
                joiner,
                epoch,
                at.toEpochMilli());
    }

    JoinTokenRecord toRecord() {
        return new JoinTokenRecord(
                new TokenId(id),
                new ClusterId(cluster),
                new Ed25519PublicKey(HexFormat.of().parseHex(key)),
                Instant.ofEpochMilli(createdAtMs),
                Instant.ofEpochMilli(expiresAtMs),
                grant,
                toState());
    }

    private JoinTokenState toState() {
        Instant at = Instant.ofEpochMilli(atMs);
        String holder = joiner == null ? "" : joiner;
        return switch (state) {
            case "open" -> new JoinTokenState.Open();
            case "redeeming" -> new JoinTokenState.Redeeming(holder, epoch, at);
            case "used" -> new JoinTokenState.Done(holder, epoch, at);
            default -> new JoinTokenState.Revoked(at);
        };
    }
}
