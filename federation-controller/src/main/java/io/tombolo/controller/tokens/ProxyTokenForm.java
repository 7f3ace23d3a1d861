package io.tombolo.controller.tokens;

import io.tombolo.trustbundle.key.Ed25519PublicKey;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A workload or gateway token in its file. */
record ProxyTokenForm(
        String id,
        String key,
        @Nullable String namespace,
        @Nullable String account,
        long expiresAtMs,
        @Nullable String node,
        boolean blocked) {
    record Ledger(List<ProxyTokenForm> tokens) {}

    static ProxyTokenForm of(ProxyTokenRecord token) {
        ProxyRole.@Nullable Workload workload = workload(token.role());
        return new ProxyTokenForm(
                token.id().hex(),
                HexFormat.of().formatHex(token.key().raw()),
                workload == null ? null : workload.namespace(),
                workload == null ? null : workload.account(),
                token.expiresAt().toEpochMilli(),
                token.node().map(n -> HexFormat.of().formatHex(n.raw())).orElse(null),
                token.blocked());
    }

    private static ProxyRole.@Nullable Workload workload(ProxyRole role) {
        return switch (role) {
            case ProxyRole.Workload workload -> workload;
            case ProxyRole.Gateway _ -> null;
            case ProxyRole.Names _ ->
                throw new IllegalStateException("only a pod can be that, and has no token of ours");
        };
    }

    ProxyTokenRecord toRecord() {
        ProxyRole role = namespace == null || account == null
                ? new ProxyRole.Gateway()
                : new ProxyRole.Workload(namespace, account);
        return new ProxyTokenRecord(
                new TokenId(id),
                new Ed25519PublicKey(HexFormat.of().parseHex(key)),
                role,
                Instant.ofEpochMilli(expiresAtMs),
                Optional.ofNullable(node)
                        .map(n -> new Ed25519PublicKey(HexFormat.of().parseHex(n))),
                blocked);
    }
}
