package io.tombolo.terraform.wire;

import io.grpc.InsecureServerCredentials;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.tombolo.trustbundle.x509.LoopbackCertificate;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;

/**
 * Mutual TLS on loopback, so that no other user of the machine can call: each side knows the other's certificate beforehand.
 * @param server shown in the handshake; empty where Terraform asks for no TLS
 */
record PluginTls(ServerCredentials credentials, Optional<X509Certificate> server) {
    private static final char[] NO_PASSWORD = new char[0];

    static PluginTls of(Handshake handshake) {
        return handshake
                .client()
                .map(PluginTls::mutual)
                .orElseGet(() -> new PluginTls(InsecureServerCredentials.create(), Optional.empty()));
    }

    private static PluginTls mutual(X509Certificate client) {
        LoopbackCertificate own = LoopbackCertificate.generate(Instant.now());
        ServerCredentials credentials = TlsServerCredentials.newBuilder()
                .keyManager(keys(own).getKeyManagers())
                .trustManager(new ExactTrust(client))
                .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
                .build();
        return new PluginTls(credentials, Optional.of(own.certificate()));
    }

    static KeyManagerFactory keys(LoopbackCertificate own) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            store.setKeyEntry("own", own.privateKey(), NO_PASSWORD, new Certificate[] {own.certificate()});
            KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
            keys.init(store, NO_PASSWORD);
            return keys;
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException("a key store in memory", impossible);
        }
    }
}
