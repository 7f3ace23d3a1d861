package io.tombolo.trustbundle.verify;

import io.tombolo.model.name.SpiffeId;
import io.tombolo.trustbundle.svid.InstanceName;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;

/**
 * Proof that a chain was verified under the roots of the trust domain in its leaf's id. Only {@link PeerVerifier} makes one.
 */
public final class VerifiedPeer {
    private final SpiffeId id;
    private final Optional<String> dnsName;
    private final BigInteger serial;
    private final Instant notAfter;

    VerifiedPeer(SpiffeId id, Optional<String> dnsName, BigInteger serial, Instant notAfter) {
        this.id = id;
        this.dnsName = dnsName;
        this.serial = serial;
        this.notAfter = notAfter;
    }

    public SpiffeId id() {
        return id;
    }

    public Optional<String> dnsName() {
        return dnsName;
    }

    /** Which process it is, if the DNS SAN says so. The caller still compares its cluster with the trust domain's. */
    public Optional<InstanceName> instanceName() {
        return dnsName.flatMap(InstanceName::parse);
    }

    public BigInteger serial() {
        return serial;
    }

    public Instant notAfter() {
        return notAfter;
    }

    @Override
    public String toString() {
        return id + dnsName.map(name -> " at " + name).orElse("");
    }
}
