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
import io.tombolo.trustbundle.svid.InstanceName;
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
    /** What passes through a gateway. */
    public static final ServicePort TCP = new ServicePort(new ServiceName("shop", "checkout"), 443);

    /** What sidecars stand before. */
    public static final ServicePort HTTP = new ServicePort(new ServiceName("shop", "checkout"), 80);

    static final FederationName FEDERATION = new FederationName("bench");
    static final FederationId FEDERATION_ID = FederationId.of(HexFormat.of().parseHex("5a".repeat(32)));
    static final InstanceId WORKLOAD = InstanceId.of(1);
    static final InstanceId GATEWAY = InstanceId.of(2);
    static final InstanceId CALLER = InstanceId.of(3);
    static final InstanceId NAMES = InstanceId.of(4);

    private final ClusterId id;
    private final CertificateAuthority ca;

    /** @param name a cluster's id */
    public PaperCluster(String name) {
        this.id = new ClusterId(name);
        this.ca = CertificateAuthority.create(
                TrustDomain.of(id, FEDERATION),
                P256Key.generate(),
                Instant.now().minusSeconds(60),
                Duration.ofDays(30));
    }

    /** What callers ask for. */
    public String serverName(ServicePort port) {
        return Sni.Service.any(port, id, FEDERATION).toString();
    }

    public X509Certificate root() {
        return ca.root();
    }

    ClusterId id() {
        return id;
    }

    TrustDomain trustDomain() {
        return ca.trustDomain();
    }

    TrustBundle bundle() {
        return new TrustBundle(trustDomain(), 1, List.of(ca.root()));
    }

    /** Who answers. */
    public SpiffeId workloadId() {
        return new SpiffeId(trustDomain(), "shop", "checkout");
    }

    /** Who calls. */
    public SpiffeId callerId() {
        return new SpiffeId(trustDomain(), "shop", "frontend");
    }

    /** The one who answers, at a port. */
    public MeshPeer workloadAt(int port) {
        return new MeshPeer(port, serverName(HTTP), workloadId(), workloadName().toString());
    }

    private InstanceName workloadName() {
        return new InstanceName.Workload(WORKLOAD, id, FEDERATION);
    }

    /** The backend's. */
    public Svid workload() {
        return issue(workloadId(), workloadName());
    }

    /** The caller's. */
    public Svid caller() {
        return issue(callerId(), new InstanceName.Workload(CALLER, id, FEDERATION));
    }

    /** Of what answers for names. */
    Svid names() {
        return issue(SpiffeId.names(trustDomain()), new InstanceName.Workload(NAMES, id, FEDERATION));
    }

    /** The gateway's. */
    Svid gateway() {
        return issue(SpiffeId.gateway(trustDomain()), new InstanceName.Gateway(GATEWAY, id, FEDERATION));
    }

    private Svid issue(SpiffeId who, InstanceName name) {
        P256Key key = P256Key.generate();
        var request = new SvidRequest(
                key.publicKey(), who, Optional.of(name.toString()), Instant.now(), Duration.ofHours(24));
        return Svid.of(ca.issue(request), key.privateKey());
    }
}
