package io.tombolo.trustbundle.verify;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.trustbundle.bundle.BundleSet;
import io.tombolo.trustbundle.bundle.TrustBundle;
import io.tombolo.trustbundle.pem.Der;
import io.tombolo.trustbundle.svid.SubjectNames;
import io.tombolo.trustbundle.svid.SvidLeaf;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Verifies X509-SVID chains (X509-SVID §5). The roots are picked by the trust domain in the leaf's id, so no member can
 * vouch for a workload of another one.
 */
public final class PeerVerifier {
    private PeerVerifier() {}

    /**
     * Verifies a chain as a peer presented it.
     * @param chain   leaf first; the root may be there and is not believed for that
     * @param bundles as held now
     * @throws TomboloException {@link Fault#UNKNOWN_TRUST_DOMAIN} if no bundle is held for the id's trust domain;
     *     {@link Fault#BAD_CERTIFICATE} for everything else
     */
    public static VerifiedPeer verify(List<X509Certificate> chain, BundleSet bundles, Instant now) {
        if (chain.isEmpty() || chain.size() > Der.MAX_CHAIN) {
            throw bad(
                    "peer", "its chain has " + chain.size() + " certificates; 1 to " + Der.MAX_CHAIN + " are allowed");
        }
        SvidLeaf leaf = SvidLeaf.read(chain.getFirst());
        TrustBundle bundle = bundles.find(leaf.id().trustDomain()).orElseThrow(() -> unknown(leaf));
        List<X509Certificate> path = withoutRoots(chain, bundle);
        for (X509Certificate intermediate : path.subList(1, path.size())) {
            checkIntermediate(intermediate, leaf);
        }
        CertificatePath.check(path, bundle.roots(), now, leaf.id().toString());
        return new VerifiedPeer(leaf.id(), leaf.dnsName(), leaf.serial(), leaf.notAfter());
    }

    /** The leaf, and of the rest what is not a root itself. */
    private static List<X509Certificate> withoutRoots(List<X509Certificate> chain, TrustBundle bundle) {
        var path = new ArrayList<X509Certificate>(chain);
        path.subList(1, path.size()).removeIf(bundle.roots()::contains);
        return path;
    }

    /** An intermediate may name its own trust domain or none; the path check sees that it is a CA. */
    private static void checkIntermediate(X509Certificate intermediate, SvidLeaf leaf) {
        TrustDomain trustDomain = leaf.id().trustDomain();
        for (String uri : SubjectNames.of(intermediate).uris()) {
            if (!uri.equals(trustDomain.uri())) {
                throw bad(leaf.id().toString(), "an intermediate of its chain belongs to another trust domain");
            }
        }
    }

    private static TomboloException unknown(SvidLeaf leaf) {
        return new TomboloException(
                Fault.UNKNOWN_TRUST_DOMAIN,
                "peer " + leaf.id(),
                "no bundle of " + leaf.id().trustDomain() + " is held",
                "wait until that cluster's bundle has arrived, or check that it is a member");
    }

    private static TomboloException bad(String whose, String what) {
        return new TomboloException(
                Fault.BAD_CERTIFICATE,
                "certificate of " + whose,
                what,
                "check which CA issued it; it was not believed");
    }
}
