package io.tombolo.kafka.principal;

import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.security.auth.x500.X500Principal;
import org.apache.kafka.common.security.auth.AuthenticationContext;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.security.auth.KafkaPrincipalBuilder;
import org.apache.kafka.common.security.auth.KafkaPrincipalSerde;
import org.apache.kafka.common.security.auth.SslAuthenticationContext;
import org.apache.kafka.common.security.authenticator.DefaultKafkaPrincipalBuilder;

/**
 * Names a client {@code User:<CN of its certificate>}. A certificate with no common name, or with two, is nobody: with
 * {@code allow.everyone.if.no.acl.found=false} the anonymous user may do nothing. Also carries principals from broker to
 * controller, as KRaft asks of every builder.
 */
public final class CertificatePrincipals implements KafkaPrincipalBuilder, KafkaPrincipalSerde {
    private final KafkaPrincipalSerde serde = new DefaultKafkaPrincipalBuilder(null, null);

    @Override
    public KafkaPrincipal build(AuthenticationContext context) {
        try {
            return context instanceof SslAuthenticationContext tls
                            && tls.session().getPeerPrincipal() instanceof X500Principal subject
                    ? commonName(subject)
                            .map(name -> new KafkaPrincipal(KafkaPrincipal.USER_TYPE, name))
                            .orElse(KafkaPrincipal.ANONYMOUS)
                    : KafkaPrincipal.ANONYMOUS;
        } catch (SSLPeerUnverifiedException noCertificate) {
            return KafkaPrincipal.ANONYMOUS;
        }
    }

    /** The subject's common name, if it has exactly one and that is text. */
    static Optional<String> commonName(X500Principal subject) {
        try {
            List<Rdn> names = new LdapName(subject.getName(X500Principal.RFC2253))
                    .getRdns().stream()
                            .filter(part -> part.toAttributes().get("CN") != null)
                            .toList();
            boolean one = names.size() == 1 && names.getFirst().size() == 1;
            return one && names.getFirst().getValue() instanceof String name && !name.isBlank()
                    ? Optional.of(name)
                    : Optional.empty();
        } catch (InvalidNameException unreadable) {
            return Optional.empty();
        }
    }

    @Override
    public byte[] serialize(KafkaPrincipal principal) {
        return serde.serialize(principal);
    }

    @Override
    public KafkaPrincipal deserialize(byte[] bytes) {
        return serde.deserialize(bytes);
    }
}
