package io.tombolo.terraform.wire;

import io.grpc.InsecureServerCredentials;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.tombolo.trustbundle.tls.CertifiedKey;
import io.tombolo.trustbundle.tls.FixedKeyManager;
import io.tombolo.trustbundle.x509.LoopbackCertificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;

/**
 * Mutual TLS on loopback, so that no other user of the machine can call: each side knows the other's certificate beforehand.
 * @param server shown in the handshake; empty where Terraform asks for no TLS
 */
record PluginTls(ServerCredentials credentials, Optional<X509Certificate> server) {
    static PluginTls of(Handshake handshake) {
        return handshake
                .client()
                .map(PluginTls::mutual)
                .orElseGet(() -> new PluginTls(InsecureServerCredentials.create(), Optional.empty()));
    }

    private static PluginTls mutual(X509Certificate client) {
        LoopbackCertificate own = LoopbackCertificate.generate(Instant.now());
        ServerCredentials credentials = TlsServerCredentials.newBuilder()
                .keyManager(keys(own))
                .trustManager(new ExactTrust(client))
                .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
                .build();
        return new PluginTls(credentials, Optional.of(own.certificate()));
    }

    static KeyManager keys(LoopbackCertificate own) {
        return new FixedKeyManager(new CertifiedKey(List.of(own.certificate()), own.privateKey()));
    }
}
