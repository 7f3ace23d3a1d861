package io.tombolo.controller.enrol;

import com.google.protobuf.ByteString;
import io.tombolo.controller.identity.Membership;
import io.tombolo.controller.tokens.ProxyRole;
import io.tombolo.controller.trust.ClusterCa;
import io.tombolo.controller.trust.MeshCa;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.trustbundle.pem.Der;
import io.tombolo.trustbundle.svid.InstanceName;
import io.tombolo.trustbundle.svid.RenewalTime;
import io.tombolo.trustbundle.x509.CertificateAuthority;
import io.tombolo.trustbundle.x509.CertificateRequest;
import io.tombolo.trustbundle.x509.SvidRequest;
import io.tombolo.wire.enrol.Issued;
import io.tombolo.wire.enrol.Role;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Issues SVIDs: names come from the registration, never from the request. */
public final class SvidIssuer {
    private final ClusterCa ca;
    private final MeshCa mesh;
    private final Supplier<Optional<Membership>> membership;
    private final Supplier<String> proxiesAddress;
    private final Duration life;

    /**
     * An issuer for this cluster.
     * @param membership     also one that ended: local workloads keep their names
     * @param proxiesAddress host:port of :15010, as proxies reach it
     */
    public SvidIssuer(
            ClusterCa ca,
            MeshCa mesh,
            Supplier<Optional<Membership>> membership,
            Supplier<String> proxiesAddress,
            Duration life) {
        this.ca = ca;
        this.mesh = mesh;
        this.membership = membership;
        this.proxiesAddress = proxiesAddress;
        this.life = life;
    }

    /** The membership that names are made of. @throws TomboloException NOT_JOINED */
    Membership membership() {
        return membership
                .get()
                .orElseThrow(() -> new TomboloException(
                        Fault.NOT_JOINED,
                        "enrolment",
                        "this cluster is in no federation, so identities have no names yet",
                        "run `tombolo init` or `tombolo join` first"));
    }

    /** An SVID of a registered proxy. @throws TomboloException BAD_KEY; NOT_JOINED */
    Issued issue(Registration registration, byte[] request, Instant now) {
        Membership own = membership();
        SpiffeId id = registration.role().idIn(own.trustDomain());
        PublicKey key = CertificateRequest.parse(request).p256();
        List<X509Certificate> chain = chain(mesh.authority(), id, name(registration, own), key, now);
        X509Certificate leaf = chain.getFirst();
        Instant from = leaf.getNotBefore().toInstant();
        Instant until = leaf.getNotAfter().toInstant();
        return Issued.newBuilder()
                .addAllSvidChain(
                        Der.bytes(chain).stream().map(ByteString::copyFrom).toList())
                .setRenewAtMs(RenewalTime.of(from, until, leaf.getSerialNumber().longValue())
                        .toEpochMilli())
                .setExpiresAtMs(until.toEpochMilli())
                .setOwnBundle(ByteString.copyFrom(ca.bundle().toJwks()))
                .setSpiffeId(id.toString())
                .setInstance(registration.instance().value())
                .setRole(registration.role() instanceof ProxyRole.Gateway ? Role.ROLE_GATEWAY : Role.ROLE_WORKLOAD)
                .setCluster(own.cluster().value())
                .setFederationName(own.federation().value())
                .setFederationId(ByteString.copyFrom(own.federationId().bytes()))
                .addControllerAddresses(proxiesAddress.get())
                .build();
    }

    /** The controller as its own proxies know it, with the root at the end for those that have the pin only. */
    public List<X509Certificate> controllerChain(PublicKey key, Instant now) {
        return ca.authority().withRoot(controller(ca.authority(), key, now));
    }

    /** The controller as other clusters know it. */
    public List<X509Certificate> controlChain(PublicKey key, Instant now) {
        return controller(mesh.authority(), key, now);
    }

    private List<X509Certificate> controller(CertificateAuthority authority, PublicKey key, Instant now) {
        Membership own = membership();
        var name = new InstanceName.Controller(own.cluster(), own.federation());
        return chain(authority, SpiffeId.controller(own.trustDomain()), name, key, now);
    }

    private List<X509Certificate> chain(
            CertificateAuthority authority, SpiffeId id, InstanceName name, PublicKey key, Instant now) {
        return authority.issue(new SvidRequest(key, id, Optional.of(name.toString()), now, life));
    }

    private static InstanceName name(Registration registration, Membership own) {
        return switch (registration.role()) {
            case ProxyRole.Gateway _ ->
                new InstanceName.Gateway(registration.instance(), own.cluster(), own.federation());
            case ProxyRole.Workload _, ProxyRole.Names _ ->
                new InstanceName.Workload(registration.instance(), own.cluster(), own.federation());
        };
    }
}
