package io.tombolo.controller.tokens;

import io.tombolo.controller.identity.JsonState;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The workload and gateway tokens of this cluster. Every change is fsynced before anybody hears of it. */
public final class ProxyTokens {
    /** Most tokens kept at a time. */
    public static final int MAX_TOKENS = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(ProxyTokens.class);
    private static final Duration KEPT_AFTER_END = Duration.ofDays(1);

    private final JsonState<ProxyTokenForm.Ledger> file;
    private final Map<TokenId, ProxyTokenRecord> tokens = new LinkedHashMap<>();

    public ProxyTokens(StateDirectory directory) {
        this.file = new JsonState<>(directory.file("proxy-tokens.state"), "PTOK", ProxyTokenForm.Ledger.class);
        file.read()
                .ifPresent(ledger -> ledger.tokens().stream()
                        .map(ProxyTokenForm::toRecord)
                        .forEach(token -> tokens.put(token.id(), token)));
    }

    public synchronized ProxyTokenRecord create(Ed25519PublicKey key, ProxyRole role, Duration ttl, Instant now) {
        tokens.values().removeIf(old -> old.expiresAt().plus(KEPT_AFTER_END).isBefore(now));
        if (tokens.size() >= MAX_TOKENS) {
            throw new TomboloException(
                    Fault.CONFLICT, "workload tokens", MAX_TOKENS + " exist already", "wait until some expire");
        }
        return store(
                new ProxyTokenRecord(TokenId.random(), key, role, now.plus(ttl), java.util.Optional.empty(), false));
    }

    /** @throws TomboloException WORKLOAD_TOKEN_REFUSED */
    public synchronized ProxyTokenRecord find(TokenId id) {
        ProxyTokenRecord token = tokens.get(id);
        if (token == null) {
            throw new TomboloException(
                    Fault.WORKLOAD_TOKEN_REFUSED, "token " + id.hex(), "is not known here", "create a new one");
        }
        return token;
    }

    /** Binds the token to a node key, on disk; a second key blocks it for both. @throws TomboloException if refused */
    public synchronized ProxyTokenRecord use(TokenId id, Ed25519PublicKey node, Instant now) {
        ProxyTokenRecord token = find(id);
        return switch (token.use(node, now)) {
            case ProxyTokenRecord.Use.Granted(var granted) -> granted.equals(token) ? token : store(granted);
            case ProxyTokenRecord.Use.Alarm(var blocked) -> {
                store(blocked);
                LOG.atError().addKeyValue("token", id.hex()).log("a second key used a token, both are blocked");
                throw blocked.refused("was used by a second key and is blocked for both");
            }
        };
    }

    private ProxyTokenRecord store(ProxyTokenRecord token) {
        var next = new LinkedHashMap<>(tokens);
        next.put(token.id(), token);
        file.write(new ProxyTokenForm.Ledger(
                next.values().stream().map(ProxyTokenForm::of).toList()));
        tokens.put(token.id(), token);
        return token;
    }
}
