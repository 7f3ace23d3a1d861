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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;

/**
 * Mutual TLS on loopback, so that no other user of the machine can call: each side knows the other's certificate beforehand. The key
 * is made, and Terraform's certificate read, beside all else of the start; a handshake before that waits for it.
 */
final class PluginTls {
    private final Optional<FutureTask<Certificates>> certificates;

    private record Certificates(LoopbackCertificate own, X509Certificate client) {
        static Certificates of(String client) throws Handshake.Refused {
            LoopbackCertificate own = LoopbackCertificate.generate(Instant.now());
            return new Certificates(own, Handshake.certificate(client));
        }
    }

    private PluginTls(Optional<FutureTask<Certificates>> certificates) {
        this.certificates = certificates;
    }

    /** Returns at once. */
    static PluginTls begin(Handshake handshake) {
        var made = handshake.client().map(client -> new FutureTask<>(() -> Certificates.of(client)));
        made.ifPresent(task -> Thread.ofPlatform().daemon().name("key").start(task));
        return new PluginTls(made);
    }

    ServerCredentials credentials() {
        return certificates.map(PluginTls::mutual).orElseGet(InsecureServerCredentials::create);
    }

    private static ServerCredentials mutual(FutureTask<Certificates> made) {
        return TlsServerCredentials.newBuilder()
                .keyManager(keys(() -> ready(made).own()))
                .trustManager(new ExactTrust(() -> ready(made).client()))
                .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
                .build();
    }

    /** Shown in the handshake, once it is there; empty where Terraform asks for no TLS. */
    Optional<X509Certificate> server() throws Handshake.Refused, InterruptedException {
        if (certificates.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(certificates.get().get().own().certificate());
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Handshake.Refused refused) {
                throw refused;
            }
            throw new IllegalStateException("no handshake", failed.getCause());
        }
    }

    private static Certificates ready(FutureTask<Certificates> made) {
        try {
            return made.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("ended before there was a key", e);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("no key", failed.getCause());
        }
    }

    static KeyManager keys(Supplier<LoopbackCertificate> own) {
        return new FixedKeyManager(() -> {
            LoopbackCertificate shown = own.get();
            return new CertifiedKey(List.of(shown.certificate()), shown.privateKey());
        });
    }
}
