package io.tombolo.trustbundle.x509;

import io.tombolo.model.name.SpiffeId;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.trustbundle.bundle.TrustBundle;
import io.tombolo.trustbundle.key.P256Key;
import io.tombolo.trustbundle.svid.Svid;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Two clusters with a CA each, and real SVIDs from them. */
public final class TestMesh {
    public static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    public static final TrustDomain WEST = new TrustDomain("west.demo.tombolo");
    public static final TrustDomain EAST = new TrustDomain("east.demo.tombolo");
    public static final SpiffeId WEST_API = new SpiffeId(WEST, "payments", "api");
    public static final SpiffeId EAST_WEB = new SpiffeId(EAST, "shop", "web");
    public static final String WEST_API_NAME = "i-aaaaaaaaaaaaa.west.demo.tombolo";

    public final CertificateAuthority west = authority(WEST);
    public final CertificateAuthority east = authority(EAST);

    public static CertificateAuthority authority(TrustDomain trustDomain) {
        return CertificateAuthority.create(trustDomain, P256Key.generate(), NOW, Duration.ofDays(365));
    }

    public static TrustBundle bundle(CertificateAuthority authority) {
        return new TrustBundle(authority.trustDomain(), 1, List.of(authority.root()));
    }

    public static Svid svid(CertificateAuthority authority, SpiffeId id, Optional<String> dnsName) {
        P256Key key = P256Key.generate();
        var request = new SvidRequest(key.publicKey(), id, dnsName, NOW, Duration.ofHours(24));
        return Svid.of(authority.issue(request), key.privateKey());
    }

    public Svid westApi() {
        return svid(west, WEST_API, Optional.of(WEST_API_NAME));
    }

    public Svid eastWeb() {
        return svid(east, EAST_WEB, Optional.empty());
    }
}
