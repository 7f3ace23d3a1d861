package io.tombolo.controller.trust;

import io.tombolo.controller.identity.CurrentMembership;
import io.tombolo.controller.identity.MemberKeys;
import io.tombolo.controller.identity.Membership;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.trustbundle.bundle.BundleSet;
import io.tombolo.trustbundle.bundle.TrustBundle;
import io.tombolo.trustbundle.pem.Pem;
import io.tombolo.trustbundle.svid.SubjectNames;
import io.tombolo.trustbundle.x509.CertificateAuthority;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The CA of this cluster's SVIDs. Each epoch has its own key and root: after a cluster was put out and joined again, nothing
 * verifies that was issued before, nor what somebody issues who stole the key of before. Safe on any thread but event loops.
 */
public final class MeshCa {
    /** Life of a root. */
    private static final Duration ROOT_LIFE = Duration.ofDays(3_650);

    /** Room for the rotations of one epoch: a later epoch's bundle always has a higher {@code spiffe_sequence}. */
    private static final int EPOCH_SHIFT = 32;

    /** Epochs whose SVIDs are still recognised at the own feed, where they are told to renew. */
    private static final int REMEMBERED_EPOCHS = 4;

    private final StateDirectory state;
    private final CurrentMembership membership;
    private final InstantSource clock;
    private @Nullable Held held;

    private record Held(Membership of, CertificateAuthority authority, Set<X509Certificate> former) {}

    public MeshCa(StateDirectory state, CurrentMembership membership, InstantSource clock) {
        this.state = state;
        this.membership = membership;
        this.clock = clock;
    }

    /** The CA of a join that is going on; the same one until it is done. */
    public CertificateAuthority next(TrustDomain trustDomain) {
        return of(MemberKeys.next(state), trustDomain);
    }

    /** The CA of the present epoch, or of the last one if the membership ended. @throws TomboloException NOT_JOINED */
    public CertificateAuthority authority() {
        return held().authority();
    }

    /** What others need to verify this cluster's SVIDs. @throws TomboloException NOT_JOINED */
    public TrustBundle bundle() {
        Held now = held();
        long sequence = (now.of().epoch() << EPOCH_SHIFT) + 1;
        return new TrustBundle(
                now.of().trustDomain(), sequence, List.of(now.authority().root()));
    }

    /** To recognise own proxies, those of the last epochs too; nobody before this cluster was ever a member. */
    public BundleSet recognised() {
        return membership.get().isEmpty() ? BundleSet.of(List.of()) : BundleSet.of(List.of(withFormer(held())));
    }

    private static TrustBundle withFormer(Held now) {
        Set<X509Certificate> roots = new LinkedHashSet<>(List.of(now.authority().root()));
        roots.addAll(now.former());
        return new TrustBundle(now.of().trustDomain(), 0, List.copyOf(roots));
    }

    private synchronized Held held() {
        Membership own = membership.get().orElseThrow(MeshCa::none);
        @Nullable Held known = held;
        boolean fits = known != null
                && known.of().federationId().equals(own.federationId())
                && known.of().epoch() == own.epoch();
        if (known == null || !fits) {
            known = new Held(own, of(MemberKeys.of(state, own.epoch()), own.trustDomain()), former(own));
            held = known;
        }
        return known;
    }

    private Set<X509Certificate> former(Membership own) {
        Set<X509Certificate> roots = new LinkedHashSet<>();
        LongStream.range(Math.max(1, own.epoch() - REMEMBERED_EPOCHS), own.epoch())
                .mapToObj(epoch -> MemberKeys.former(state, epoch).flatMap(MemberKeys::root))
                .flatMap(Optional::stream)
                .map(pem -> Pem.certificates(pem).getLast())
                .filter(root -> isOf(root, own.trustDomain()))
                .forEach(roots::add);
        return roots;
    }

    private CertificateAuthority of(MemberKeys keys, TrustDomain trustDomain) {
        List<X509Certificate> chain = keys.root().map(Pem::certificates).orElse(List.of());
        if (!chain.isEmpty() && isOf(chain.getFirst(), trustDomain)) {
            return CertificateAuthority.fromParts(trustDomain, chain, keys.ca());
        }
        var made = CertificateAuthority.create(trustDomain, keys.ca(), clock.instant(), ROOT_LIFE);
        keys.keepRoot(Pem.write(made.chain()));
        return made;
    }

    private static boolean isOf(X509Certificate root, TrustDomain trustDomain) {
        return SubjectNames.of(root).uris().contains(trustDomain.uri());
    }

    private static TomboloException none() {
        return new TomboloException(
                Fault.NOT_JOINED,
                "mesh CA",
                "this cluster was never in a federation, so it has none",
                "run `tombolo init` or `tombolo join` first");
    }
}
