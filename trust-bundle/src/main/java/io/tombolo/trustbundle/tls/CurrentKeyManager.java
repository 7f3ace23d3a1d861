package io.tombolo.trustbundle.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Shows the chain that is held when a handshake begins. TLS asks for an alias first and for chain and key afterwards, so an
 * alias names one chain: a renewal in between cannot mix an old chain with a new key. Safe on every thread, takes no lock.
 */
public sealed class CurrentKeyManager extends X509ExtendedKeyManager permits SvidKeyManager {
    /** Chains that handshakes under way may still ask for; a renewal is hours apart. */
    private static final int REMEMBERED = 4;

    private static final String KEY_TYPE = "EC";

    private final Function<Optional<String>, CertifiedKey> current;
    private final AtomicReference<List<CertifiedKey>> recent = new AtomicReference<>(List.of());

    /** @param current called at every handshake; must not block */
    public CurrentKeyManager(Supplier<CertifiedKey> current) {
        this(_ -> current.get());
    }

    private CurrentKeyManager(Function<Optional<String>, CertifiedKey> current) {
        this.current = current;
    }

    /** For a server that is not the same for everybody. @param current gets the server name that the client asked for */
    public static CurrentKeyManager byServerName(Function<Optional<String>, CertifiedKey> current) {
        return new CurrentKeyManager(current);
    }

    @Override
    public final @Nullable String chooseEngineClientAlias(
            String @Nullable [] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return keyTypes != null && Arrays.stream(keyTypes).anyMatch(CurrentKeyManager::fits)
                ? offer(Optional.empty())
                : null;
    }

    @Override
    public final @Nullable String chooseEngineServerAlias(
            @Nullable String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return keyType != null && fits(keyType) ? offer(serverName(engine)) : null;
    }

    @Override
    public final @Nullable String chooseClientAlias(
            String @Nullable [] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseEngineClientAlias(keyTypes, issuers, null);
    }

    @Override
    public final @Nullable String chooseServerAlias(
            @Nullable String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseEngineServerAlias(keyType, issuers, null);
    }

    @Override
    public final String @Nullable [] getClientAliases(@Nullable String keyType, Principal @Nullable [] issuers) {
        return keyType != null && fits(keyType) ? new String[] {offer(Optional.empty())} : null;
    }

    @Override
    public final String @Nullable [] getServerAliases(@Nullable String keyType, Principal @Nullable [] issuers) {
        return getClientAliases(keyType, issuers);
    }

    @Override
    public final X509Certificate @Nullable [] getCertificateChain(@Nullable String alias) {
        @Nullable CertifiedKey key = named(alias);
        return key == null ? null : key.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public final @Nullable PrivateKey getPrivateKey(@Nullable String alias) {
        @Nullable CertifiedKey key = named(alias);
        return key == null ? null : key.privateKey();
    }

    /** Remembers the chain of this moment and gives its alias. */
    private String offer(Optional<String> serverName) {
        CertifiedKey key = current.apply(serverName);
        recent.updateAndGet(list -> list.contains(key) ? list : withNewest(list, key));
        return key.alias();
    }

    private static Optional<String> serverName(@Nullable SSLEngine engine) {
        return engine != null && engine.getHandshakeSession() instanceof ExtendedSSLSession session
                ? session.getRequestedServerNames().stream()
                        .filter(SNIHostName.class::isInstance)
                        .map(name -> ((SNIHostName) name).getAsciiName())
                        .findFirst()
                : Optional.empty();
    }

    private static List<CertifiedKey> withNewest(List<CertifiedKey> list, CertifiedKey key) {
        var longer = new ArrayList<CertifiedKey>(REMEMBERED);
        longer.add(key);
        longer.addAll(list.subList(0, Math.min(list.size(), REMEMBERED - 1)));
        return List.copyOf(longer);
    }

    private @Nullable CertifiedKey named(@Nullable String alias) {
        return recent.get().stream()
                .filter(key -> key.alias().equals(alias))
                .findFirst()
                .orElse(null);
    }

    /** JSSE says EC, BoringSSL's binding also EC_EC and the like. */
    private static boolean fits(String keyType) {
        return keyType.equals(KEY_TYPE) || keyType.startsWith(KEY_TYPE + "_");
    }
}
