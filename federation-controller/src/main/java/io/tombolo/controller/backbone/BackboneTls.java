package io.tombolo.controller.backbone;

import io.tombolo.trustbundle.tls.CertifiedKey;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.security.auth.SslEngineFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the TLS engine of each connection to Kafka from the credential of that moment. Kafka makes this object by name and
 * hands it the client's settings, {@link #CONNECTION} among them. Every engine has a context of its own: no session is ever
 * resumed, so every connection proves the present certificate.
 */
public final class BackboneTls implements SslEngineFactory {
    /** Setting with the {@link BackboneConnection}. */
    static final String CONNECTION = "tombolo.backbone.connection";

    private @Nullable BackboneConnection connection;

    @Override
    public void configure(Map<String, ?> settings) {
        connection = (BackboneConnection) Objects.requireNonNull(settings.get(CONNECTION), CONNECTION);
    }

    @Override
    public SSLEngine createClientSslEngine(String peerHost, int peerPort, String endpointIdentification) {
        SSLEngine engine = context(Objects.requireNonNull(connection)).createSSLEngine(peerHost, peerPort);
        engine.setUseClientMode(true);
        engine.setEnabledProtocols(new String[] {"TLSv1.3"});
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        return engine;
    }

    private static SSLContext context(BackboneConnection connection) {
        try {
            var context = SSLContext.getInstance("TLSv1.3");
            var trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(roots(connection.serverRoots()));
            context.init(new KeyManager[] {new OneKey(connection.credential().get())}, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new KafkaException("the client certificate for " + connection + " cannot be used", e);
        }
    }

    private static KeyStore roots(List<X509Certificate> certificates) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < certificates.size(); i++) {
            store.setCertificateEntry("root-" + i, certificates.get(i));
        }
        return store;
    }

    @Override
    public SSLEngine createServerSslEngine(String peerHost, int peerPort) {
        throw new UnsupportedOperationException("this is the clients' side");
    }

    @Override
    public boolean shouldBeRebuilt(Map<String, Object> nextSettings) {
        return false;
    }

    @Override
    public Set<String> reconfigurableConfigs() {
        return Set.of();
    }

    @Override
    public @Nullable KeyStore keystore() {
        return null;
    }

    @Override
    public @Nullable KeyStore truststore() {
        return null;
    }

    @Override
    public void close() {
        // Holds nothing.
    }

    /** Offers one credential, whatever issuers the broker names. */
    private static final class OneKey extends X509ExtendedKeyManager {
        private static final String ALIAS = "tombolo";
        private final CertifiedKey credential;

        OneKey(CertifiedKey credential) {
            this.credential = credential;
        }

        @Override
        public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public @Nullable String chooseEngineClientAlias(
                String[] keyTypes, Principal @Nullable [] issuers, SSLEngine engine) {
            return List.of(keyTypes).contains(credential.privateKey().getAlgorithm()) ? ALIAS : null;
        }

        @Override
        public @Nullable String chooseClientAlias(
                String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }

        @Override
        public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return credential.chain().toArray(X509Certificate[]::new);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return credential.privateKey();
        }
    }
}
