package io.tombolo.controller.tokens;

import io.tombolo.controller.identity.JsonState;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ClusterId;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The join tokens of one authority. Every change is one fsynced file, made before anybody hears of it. */
public final class JoinTokens {
    /** Most tokens kept; the oldest that can no longer be used go first. */
    public static final int MAX_TOKENS = 1_000;

    private static final Duration KEPT_AFTER_END = Duration.ofDays(7);

    private final JsonState<JoinTokenForm.Ledger> file;
    private final Map<TokenId, JoinTokenRecord> tokens = new LinkedHashMap<>();

    public JoinTokens(StateDirectory directory) {
        this.file = new JsonState<>(directory.file("join-tokens.state"), "JTOK", JoinTokenForm.Ledger.class);
        file.read()
                .ifPresent(ledger -> ledger.tokens().stream()
                        .map(JoinTokenForm::toRecord)
                        .forEach(token -> tokens.put(token.id(), token)));
    }

    /** Keeps a new token's public half. */
    public synchronized JoinTokenRecord create(
            ClusterId cluster, Ed25519PublicKey key, Grant grant, Duration ttl, Instant now) {
        dropEnded(now);
        if (tokens.size() >= MAX_TOKENS) {
            throw new TomboloException(
                    Fault.CONFLICT, "tokens", MAX_TOKENS + " exist already", "revoke some, or wait until they expire");
        }
        return store(new JoinTokenRecord(
                TokenId.random(), cluster, key, now, now.plus(ttl), grant, new JoinTokenState.Open()));
    }

    /** One token. @throws TomboloException TOKEN_UNKNOWN */
    public synchronized JoinTokenRecord find(TokenId id) {
        JoinTokenRecord token = tokens.get(id);
        if (token == null) {
            throw new TomboloException(
                    Fault.TOKEN_UNKNOWN, "token " + id.hex(), "is not known here", "ask the authority that issued it");
        }
        return token;
    }

    /** Compare and set: afterwards {@code joiner} holds the token, on disk, or it is refused. */
    public synchronized JoinTokenRecord claim(TokenId id, String joiner, ClusterId by, long epoch, Instant now) {
        JoinTokenRecord token = find(id);
        JoinTokenRecord claimed = token.claim(joiner, by, epoch, now);
        return claimed.equals(token) ? token : store(claimed);
    }

    /** The joiner that holds it was admitted. */
    public synchronized JoinTokenRecord done(TokenId id, Instant now) {
        return store(find(id).done(now));
    }

    public synchronized JoinTokenRecord revoke(TokenId id, Instant now) {
        return store(find(id).revoke(now));
    }

    /** Nobody uses what was made for {@code cluster} and lies about unused. */
    public synchronized void revokeUnused(ClusterId cluster, Instant now) {
        store(tokens.values().stream()
                .filter(token -> token.cluster().equals(cluster) && token.state() instanceof JoinTokenState.Open)
                .map(token -> token.revoke(now))
                .toList());
    }

    /** Newest first. */
    public synchronized List<JoinTokenRecord> list() {
        return tokens.values().stream()
                .sorted(Comparator.comparing(JoinTokenRecord::createdAt).reversed())
                .toList();
    }

    private JoinTokenRecord store(JoinTokenRecord token) {
        store(List.of(token));
        return token;
    }

    private void store(List<JoinTokenRecord> changed) {
        if (changed.isEmpty()) {
            return;
        }
        var next = new LinkedHashMap<>(tokens);
        changed.forEach(token -> next.put(token.id(), token));
        file.write(new JoinTokenForm.Ledger(
                next.values().stream().map(JoinTokenForm::of).toList()));
        tokens.putAll(next);
    }

    private void dropEnded(Instant now) {
        tokens.values().removeIf(token -> token.expiresAt().plus(KEPT_AFTER_END).isBefore(now));
    }
}
