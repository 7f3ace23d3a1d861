package io.tombolo.controller.api;

import io.tombolo.controller.tokens.AccessRole;
import io.tombolo.controller.tokens.Caller;
import io.tombolo.model.name.Rfc1123;
import io.tombolo.trustbundle.pem.Pem;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/**
 * Callers of the API by TLS client certificate. The certificate must chain to {@code controller.api.client-ca-file} and be
 * meant for clients; its subject says who ({@code CN}) and what ({@code O}: {@code viewer}, {@code operator} or
 * {@code owner:<namespace>}). The CA is one for this purpose alone: never the cluster's, whose certificates are workloads'.
 * Immutable; one look costs two signature checks, less than 1 ms.
 */
public final class ClientCertificates {
    private static final String FOR_CLIENTS = "1.3.6.1.5.5.7.3.2";
    private static final String OWNER = "owner:";

    private final Set<TrustAnchor> anchors;

    /** @param authorities empty = nobody is known by a certificate */
    public ClientCertificates(List<X509Certificate> authorities) {
        this.anchors =
                authorities.stream().map(ca -> new TrustAnchor(ca, null)).collect(Collectors.toUnmodifiableSet());
    }

    /** Those of a PEM text. */
    public static ClientCertificates ofPem(String pem) {
        return new ClientCertificates(Pem.certificates(pem));
    }

    /** Who holds the first certificate of {@code chain}; empty = nobody who may call. */
    Optional<Caller> authenticate(List<X509Certificate> chain, Instant now) {
        if (anchors.isEmpty() || chain.isEmpty() || !isValid(chain, now)) {
            return Optional.empty();
        }
        return caller(chain.getFirst());
    }

    private boolean isValid(List<X509Certificate> chain, Instant now) {
        try {
            X509Certificate leaf = chain.getFirst();
            List<String> uses = leaf.getExtendedKeyUsage();
            if (leaf.getBasicConstraints() >= 0 || uses == null || !uses.contains(FOR_CLIENTS)) {
                return false;
            }
            var parameters = new PKIXParameters(anchors);
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            List<X509Certificate> path = chain.stream()
                    .filter(one -> anchors.stream().noneMatch(a -> one.equals(a.getTrustedCert())))
                    .toList();
            var _ = CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
            return true;
        } catch (GeneralSecurityException notOurs) {
            return false;
        }
    }

    private static Optional<Caller> caller(X509Certificate leaf) {
        Optional<String> name = only(leaf, "CN").filter(Rfc1123::isLabel);
        return name.flatMap(who -> only(leaf, "O").flatMap(what -> caller("cn=" + who, what)));
    }

    private static Optional<Caller> caller(String who, String what) {
        if (what.startsWith(OWNER)) {
            return Optional.of(what.substring(OWNER.length()))
                    .filter(Rfc1123::isLabel)
                    .map(namespace -> new Caller(who, AccessRole.OWNER, namespace));
        }
        return Arrays.stream(AccessRole.values())
                .filter(role -> role != AccessRole.OWNER && role.text().equals(what))
                .findFirst()
                .map(role -> new Caller(who, role, ""));
    }

    /** The one value of a kind in the subject; empty if there is none, or several. */
    private static Optional<String> only(X509Certificate leaf, String type) {
        try {
            List<String> values = new LdapName(leaf.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(rdn -> rdn.getType().equalsIgnoreCase(type))
                            .map(rdn -> String.valueOf(rdn.getValue()))
                            .toList();
            return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
        } catch (InvalidNameException unreadable) {
            return Optional.empty();
        }
    }
}
