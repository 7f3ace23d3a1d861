package io.tombolo.trustbundle.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Shows one chain, whoever asks, with a key of any kind. In memory as it is: a key store of the JDK would encrypt the key and
 * decrypt it again by a password, which takes longer than all else that a short-lived process does for TLS. Safe on any thread.
 */
public final class FixedKeyManager extends X509ExtendedKeyManager {
    private static final String ALIAS = "own";

    private final Supplier<CertifiedKey> own;

    public FixedKeyManager(CertifiedKey own) {
        this(() -> own);
    }

    /** @param own always the same; asked at each handshake, which waits for it */
    public FixedKeyManager(Supplier<CertifiedKey> own) {
        this.own = own;
    }

    private @Nullable String offer(String @Nullable ... keyTypes) {
        return keyTypes != null
                        && Arrays.asList(keyTypes)
                                .contains(own.get().privateKey().getAlgorithm())
                ? ALIAS
                : null;
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String @Nullable [] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return offer(keyTypes);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            @Nullable String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return keyType == null ? null : offer(keyType);
    }

    @Override
    public @Nullable String chooseClientAlias(
            String @Nullable [] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return offer(keyTypes);
    }

    @Override
    public @Nullable String chooseServerAlias(
            @Nullable String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseEngineServerAlias(keyType, issuers, null);
    }

    @Override
    public String @Nullable [] getClientAliases(@Nullable String keyType, Principal @Nullable [] issuers) {
        return keyType == null || offer(keyType) == null ? null : new String[] {ALIAS};
    }

    @Override
    public String @Nullable [] getServerAliases(@Nullable String keyType, Principal @Nullable [] issuers) {
        return getClientAliases(keyType, issuers);
    }

    @Override
    public X509Certificate[] getCertificateChain(@Nullable String alias) {
        return own.get().chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(@Nullable String alias) {
        return own.get().privateKey();
    }
}
