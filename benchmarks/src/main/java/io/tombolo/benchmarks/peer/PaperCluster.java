package io.tombolo.benchmarks.peer;

import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationId;
import io.tombolo.model.name.FederationName;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.name.Sni;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.trustbundle.bundle.TrustBundle;
import io.tombolo.trustbundle.key.P256Key;
import io.tombolo.trustbundle.svid.Svid;
import io.tombolo.trustbundle.x509.CertificateAuthority;
import io.tombolo.trustbundle.x509.SvidRequest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** A cluster that exists on paper only: a CA, and names for what is measured. */
public final class PaperCluster {
    static final ClusterId ID = new ClusterId("east");
    static final FederationName FEDERATION = new FederationName("bench");
    static final FederationId FEDERATION_ID = FederationId.of(HexFormat.of().parseHex("5a".repeat(32)));
    static final ServiceName SERVICE = new ServiceName("shop", "checkout");
    static final int SERVICE_PORT = 443;
    static final InstanceId WORKLOAD = InstanceId.of(1);
    static final InstanceId GATEWAY = InstanceId.of(2);

    private final CertificateAuthority ca = CertificateAuthority.create(
            TrustDomain.of(ID, FEDERATION), P256Key.generate(), Instant.now().minusSeconds(60), Duration.ofDays(30));

    /** What callers ask for. */
    public static String serverName() {
        return Sni.Service.any(new ServicePort(SERVICE, SERVICE_PORT), ID, FEDERATION)
                .toString();
    }

    public X509Certificate root() {
        return ca.root();
    }

    TrustDomain trustDomain() {
        return ca.trustDomain();
    }

    TrustBundle bundle() {
        return new TrustBundle(trustDomain(), 1, List.of(ca.root()));
    }

    SpiffeId workloadId() {
        return new SpiffeId(trustDomain(), SERVICE.namespace(), SERVICE.name());
    }

    /** The backend's. */
    public Svid workload() {
        return issue(workloadId(), Optional.empty());
    }

    Svid issue(SpiffeId id, Optional<String> dnsName) {
        P256Key key = P256Key.generate();
        var request = new SvidRequest(key.publicKey(), id, dnsName, Instant.now(), Duration.ofHours(24));
        return Svid.of(ca.issue(request), key.privateKey());
    }
}
