package io.tombolo.trustbundle.svid;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.SpiffeId;
import java.math.BigInteger;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an X509-SVID says (X509-SVID §2, §4, §5.2). Well formed, but believed by nobody yet: after a handshake whose trust
 * manager was {@code SpiffeTrustManager} it is the peer's identity, anywhere else it is only a claim.
 * @param id       from the one URI SAN
 * @param dnsName  the one DNS SAN, as written; {@link InstanceName#parse} tells whether it names an instance
 * @param serial   for revocation
 * @param notAfter end of its life
 */
public record SvidLeaf(SpiffeId id, Optional<String> dnsName, BigInteger serial, Instant notAfter) {
    private static final String KEY_USAGE = "2.5.29.15";
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int KEY_CERT_SIGN = 5;
    private static final int CRL_SIGN = 6;

    /**
     * Reads a leaf and applies every rule for leaves.
     * @throws TomboloException {@link Fault#BAD_CERTIFICATE} naming the first rule that it breaks
     */
    public static SvidLeaf read(X509Certificate certificate) {
        SubjectNames names = SubjectNames.of(certificate);
        check(names.uris().size() == 1, "it has " + names.uris().size() + " URI names, an SVID has one");
        check(
                names.dnsNames().size() <= 1,
                "it has " + names.dnsNames().size() + " DNS names, an SVID has at most one");
        SpiffeId id = SpiffeId.parse(names.uris().getFirst()).orElseThrow(() -> bad("its URI is not a workload's id"));
        checkUsage(certificate);
        return new SvidLeaf(
                id,
                names.dnsNames().stream().findFirst(),
                certificate.getSerialNumber(),
                certificate.getNotAfter().toInstant());
    }

    private static void checkUsage(X509Certificate certificate) {
        check(certificate.getBasicConstraints() < 0, "it is a CA's certificate");
        boolean @Nullable [] usage = certificate.getKeyUsage();
        check(usage != null && usage[DIGITAL_SIGNATURE], "its key usage lacks digitalSignature");
        check(isCritical(certificate, KEY_USAGE), "its key usage is not critical");
        check(usage != null && !usage[KEY_CERT_SIGN] && !usage[CRL_SIGN], "its key may sign certificates");
        @Nullable List<String> purposes = purposes(certificate);
        check(
                purposes == null || (purposes.contains(SERVER_AUTH) && purposes.contains(CLIENT_AUTH)),
                "its extended key usage is not both serverAuth and clientAuth");
    }

    private static boolean isCritical(X509Certificate certificate, String oid) {
        @Nullable Set<String> critical = certificate.getCriticalExtensionOIDs();
        return critical != null && critical.contains(oid);
    }

    private static @Nullable List<String> purposes(X509Certificate certificate) {
        try {
            return certificate.getExtendedKeyUsage();
        } catch (CertificateParsingException malformed) {
            throw bad("its extended key usage is malformed");
        }
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw bad(what);
        }
    }

    private static TomboloException bad(String what) {
        return new TomboloException(
                Fault.BAD_CERTIFICATE, "certificate", what, "have its CA issue an X509-SVID; this one was not used");
    }
}
