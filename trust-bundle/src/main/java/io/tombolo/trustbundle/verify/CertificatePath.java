package io.tombolo.trustbundle.verify;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXCertPathValidatorResult;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** RFC 5280 §6 path validation by the JDK, without revocation lists: revocation comes by feed. */
final class CertificatePath {
    private CertificatePath() {}

    /**
     * Checks signatures, validity, basic constraints, path lengths (the root's too), name constraints of intermediates, and
     * critical extensions. Roots with name constraints are refused before, with their bundle.
     * @param path    leaf first, without any anchor
     * @param anchors CA certificates that are believed; one that is not valid at {@code now} is left out
     * @param whose   for the message
     * @throws TomboloException {@link Fault#BAD_CERTIFICATE}
     */
    static void check(List<X509Certificate> path, Collection<X509Certificate> anchors, Instant now, String whose) {
        Set<TrustAnchor> believed = anchors.stream()
                .filter(anchor -> isValid(anchor, now))
                .map(anchor -> new TrustAnchor(anchor, null))
                .collect(Collectors.toSet());
        if (believed.isEmpty()) {
            throw refused(whose, "every root for it is outside its validity at " + now, null);
        }
        X509Certificate root = validate(path, believed, now, whose);
        // RFC 5280 §6.1.1 leaves a root's own limits to its believer, and the JDK applies none
        int intermediates = path.size() - 1;
        if (root.getBasicConstraints() < intermediates) {
            throw refused(whose, "its chain is longer than the root's path length allows", null);
        }
    }

    /** The root that the path leads to. */
    private static X509Certificate validate(
            List<X509Certificate> path, Set<TrustAnchor> believed, Instant now, String whose) {
        try {
            var parameters = new PKIXParameters(believed);
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            var result = (PKIXCertPathValidatorResult) CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
            return result.getTrustAnchor().getTrustedCert();
        } catch (GeneralSecurityException notAPath) {
            throw refused(whose, "its chain does not verify: " + notAPath.getMessage(), notAPath);
        }
    }

    private static boolean isValid(X509Certificate certificate, Instant now) {
        return !now.isBefore(certificate.getNotBefore().toInstant())
                && !now.isAfter(certificate.getNotAfter().toInstant());
    }

    private static TomboloException refused(String whose, String what, @Nullable Throwable cause) {
        return new TomboloException(
                Fault.BAD_CERTIFICATE,
                "certificate of " + whose,
                what,
                "check the clocks on both sides, and that the newest bundle of its cluster has arrived",
                cause);
    }
}
