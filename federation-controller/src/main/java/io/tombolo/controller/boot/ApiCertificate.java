package io.tombolo.controller.boot;

import io.tombolo.controller.identity.KeyFiles;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.controller.trust.ClusterCa;
import io.tombolo.trustbundle.key.P256Key;
import io.tombolo.trustbundle.key.SecretFile;
import io.tombolo.trustbundle.pem.Pem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The API's HTTPS certificate: of the cluster's own CA, in files because Quarkus reads files; made anew at a third of its life. */
final class ApiCertificate {
    /** Life of a certificate. */
    static final Duration LIFE = Duration.ofDays(30);

    private final Path certificate;
    private final Path directory;
    private final ClusterCa ca;
    private final List<String> hosts;

    ApiCertificate(StateDirectory state, ClusterCa ca, List<String> hosts) {
        this.directory = state.directory("api");
        this.certificate = directory.resolve("api.pem");
        this.ca = ca;
        this.hosts = hosts;
    }

    /** Renews at a third of the life, for as long as the process runs. */
    void keepFresh() {
        var daily = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("api-certificate").factory());
        long days = LIFE.dividedBy(3).toDays();
        var _ = daily.scheduleWithFixedDelay(() -> renew(Instant.now()), days, days, TimeUnit.DAYS);
    }

    /** Makes a certificate for the same key; Quarkus reads the file again within an hour. */
    void renew(Instant now) {
        P256Key key = new KeyFiles(directory).p256("api");
        String chain = Pem.write(ca.serverChain(key.publicKey(), hosts, now, LIFE));
        SecretFile.write(certificate, chain.getBytes(StandardCharsets.US_ASCII));
    }

    Path certificateFile() {
        return certificate;
    }

    Path keyFile() {
        return directory.resolve("api.key");
    }
}
