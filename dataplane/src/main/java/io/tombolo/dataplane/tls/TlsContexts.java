package io.tombolo.dataplane.tls;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.tombolo.model.name.Alpn;
import io.tombolo.trustbundle.svid.Svid;
import io.tombolo.trustbundle.tls.JdkTls;
import io.tombolo.trustbundle.tls.SvidKeyManager;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509ExtendedTrustManager;

/** The contexts that hold one SVID's key; dropped as a whole when the SVID is renewed. */
final class TlsContexts {
    private static final String TLS_1_3 = "TLSv1.3";

    /**
     * Netty hands BoringSSL its key through a key store in memory. Java's default kind derives 20,000 keys from the empty
     * password for it, on the loop that asks for the first context of its kind: at a failover, that is.
     */
    private static final String KEYS_IN_MEMORY = "JKS";

    /** A handful at most: one per list of protocols that a listener or pool speaks. */
    private final Map<List<Alpn>, SslContext> servers = new ConcurrentHashMap<>();

    private final Map<List<Alpn>, SslContext> clients = new ConcurrentHashMap<>();
    private final Svid svid;
    private final X509ExtendedTrustManager verifier;
    private final TlsEngine engine;

    TlsContexts(Svid svid, X509ExtendedTrustManager verifier, TlsEngine engine) {
        this.svid = svid;
        this.verifier = verifier;
        this.engine = engine;
    }

    boolean areOf(Svid other) {
        return svid == other;
    }

    SslContext server(List<Alpn> protocols) {
        return servers.computeIfAbsent(protocols, this::newServer);
    }

    SslContext client(List<Alpn> protocols) {
        return clients.computeIfAbsent(protocols, this::newClient);
    }

    private SslContext newServer(List<Alpn> protocols) {
        return switch (engine) {
            case BORINGSSL ->
                boringSsl(
                        SslContextBuilder.forServer(svid.privateKey(), chain()).clientAuth(ClientAuth.REQUIRE),
                        protocols);
            case JDK -> jdk(JdkTls.server(keys(), verifier), false, ClientAuth.REQUIRE, protocols);
        };
    }

    private SslContext newClient(List<Alpn> protocols) {
        return switch (engine) {
            case BORINGSSL ->
                boringSsl(SslContextBuilder.forClient().keyManager(svid.privateKey(), chain()), protocols);
            case JDK -> jdk(JdkTls.client(keys(), verifier), true, ClientAuth.NONE, protocols);
        };
    }

    /** Netty asks BoringSSL for no tickets by default; the cache of sessions is switched off here. */
    private SslContext boringSsl(SslContextBuilder builder, List<Alpn> protocols) {
        try {
            SslContext context = builder.sslProvider(SslProvider.OPENSSL)
                    .keyStoreType(KEYS_IN_MEMORY)
                    .protocols(TLS_1_3)
                    .trustManager(verifier)
                    .endpointIdentificationAlgorithm(null)
                    .applicationProtocolConfig(alpn(protocols))
                    .build();
            if (context.sessionContext() instanceof OpenSslSessionContext sessions) {
                sessions.setSessionCacheEnabled(false);
            }
            return context;
        } catch (SSLException notBuilt) {
            throw new IllegalStateException("no TLS 1.3 with " + svid, notBuilt);
        }
    }

    /** Each engine has sessions of its own, so there is nothing to resume. */
    private static SslContext jdk(JdkTls tls, boolean isClient, ClientAuth clientAuth, List<Alpn> protocols) {
        return new JdkSslContext(
                tls.context(),
                isClient,
                null,
                IdentityCipherSuiteFilter.INSTANCE,
                alpn(protocols),
                clientAuth,
                new String[] {TLS_1_3},
                false);
    }

    private SvidKeyManager keys() {
        return new SvidKeyManager(() -> svid);
    }

    private X509Certificate[] chain() {
        return svid.chain().toArray(X509Certificate[]::new);
    }

    private static ApplicationProtocolConfig alpn(List<Alpn> protocols) {
        return new ApplicationProtocolConfig(
                ApplicationProtocolConfig.Protocol.ALPN,
                ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                protocols.stream().map(Alpn::protocol).toList());
    }
}
