package io.tombolo.controller.trust;

import io.tombolo.controller.identity.KeyFiles;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.trustbundle.bundle.TrustBundle;
import io.tombolo.trustbundle.key.KeyPin;
import io.tombolo.trustbundle.key.P256Key;
import io.tombolo.trustbundle.key.SecretFile;
import io.tombolo.trustbundle.pem.Pem;
import io.tombolo.trustbundle.svid.SubjectNames;
import io.tombolo.trustbundle.x509.CertificateAuthority;
import io.tombolo.trustbundle.x509.EnrolmentCertificate;
import io.tombolo.trustbundle.x509.ServerNames;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The controller's own CA: what users, joiners and this cluster's proxies know its servers by. Its key is made at the first
 * start and stays, so that pins in contexts and tokens stay true; its root certificate is made anew when the cluster joins
 * and its trust domain becomes known. It vouches for nobody in the mesh: that is {@link MeshCa}'s.
 */
public final class ClusterCa {
    /** Life of a root. */
    public static final Duration ROOT_LIFE = Duration.ofDays(3_650);

    /** The first bundle's {@code spiffe_sequence}. */
    private static final long FIRST_SEQUENCE = 1;

    private final StateDirectory directory;
    private final P256Key key;
    private volatile CertificateAuthority authority;

    /** Opens the CA for {@code trustDomain}, making key and root as needed. */
    public ClusterCa(StateDirectory directory, TrustDomain trustDomain, Instant now) {
        this.directory = directory;
        this.key = new KeyFiles(directory.directory("ca")).p256("ca");
        this.authority = open(trustDomain, now);
    }

    /**
     * Becomes the CA of {@code trustDomain}; nothing changes if it is that already.
     * @throws TomboloException REPLICA_REFUSED on a replica that another one vouched for: it would be known by another key
     */
    public synchronized void become(TrustDomain trustDomain, Instant now) {
        if (!authority.trustDomain().equals(trustDomain)) {
            if (authority.chain().size() > 1) {
                throw new TomboloException(
                        Fault.REPLICA_REFUSED,
                        "trust domain " + trustDomain,
                        "this replica's CA is one below the first replica's, for " + authority.trustDomain() + " only",
                        "let the first replica lead: delete this one's pod; then join again");
            }
            authority = make(trustDomain, now);
        }
    }

    /** The chain in a state directory, if there is one. */
    public static Optional<List<X509Certificate>> kept(StateDirectory directory) {
        Path file = rootFile(directory);
        return Files.exists(file)
                ? Optional.of(Pem.certificates(new String(SecretFile.read(file), StandardCharsets.US_ASCII)))
                : Optional.empty();
    }

    /** Keeps the chain that the CA begins with at the next start; it is for the key there. */
    public static void keep(StateDirectory directory, List<X509Certificate> chain) {
        SecretFile.write(rootFile(directory), Pem.write(chain).getBytes(StandardCharsets.US_ASCII));
    }

    /** Whether a chain is one of {@code trustDomain}. */
    public static boolean fits(List<X509Certificate> chain, TrustDomain trustDomain) {
        return SubjectNames.of(chain.getFirst()).uris().contains(trustDomain.uri());
    }

    private static Path rootFile(StateDirectory directory) {
        return directory.directory("ca").resolve("root.pem");
    }

    public CertificateAuthority authority() {
        return authority;
    }

    public KeyPin pin() {
        return authority.pin();
    }

    /** What this cluster's own proxies need to verify its controllers. */
    public TrustBundle bundle() {
        CertificateAuthority now = authority;
        return new TrustBundle(now.trustDomain(), FIRST_SEQUENCE, List.of(now.root()));
    }

    /** A certificate for one of this controller's own servers; leaf first, with the root. */
    public List<X509Certificate> serverChain(PublicKey publicKey, List<String> hosts, Instant now, Duration life) {
        return EnrolmentCertificate.issue(authority, publicKey, ServerNames.of(hosts), now, life);
    }

    private CertificateAuthority open(TrustDomain trustDomain, Instant now) {
        return kept(directory)
                .filter(chain -> fits(chain, trustDomain))
                .map(chain -> CertificateAuthority.fromParts(trustDomain, chain, key))
                .orElseGet(() -> make(trustDomain, now));
    }

    private CertificateAuthority make(TrustDomain trustDomain, Instant now) {
        CertificateAuthority made = CertificateAuthority.create(trustDomain, key, now, ROOT_LIFE);
        keep(directory, made.chain());
        return made;
    }
}
