package io.tombolo.controller.join;

import com.google.protobuf.ByteString;
import io.tombolo.controller.backbone.BackboneConnection;
import io.tombolo.trustbundle.pem.Der;
import io.tombolo.trustbundle.tls.CertifiedKey;
import io.tombolo.wire.join.Backbone;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/** This cluster's access to Kafka; a renewed credential is used from the next connection on. */
public final class BackboneAccess {
    private final PrivateKey key;
    private final BackboneConnection connection;
    private volatile CertifiedKey credential;

    public BackboneAccess(Backbone backbone, PrivateKey key) {
        this.key = key;
        this.credential = new CertifiedKey(certificates(backbone.getClientChainList()), key);
        this.connection = new BackboneConnection(
                backbone.getBootstrapServersList(), certificates(backbone.getServerRootsList()), () -> credential);
    }

    public BackboneConnection connection() {
        return connection;
    }

    /** The client certificate in use. */
    public X509Certificate leaf() {
        return credential.chain().getFirst();
    }

    void renewed(Backbone backbone) {
        credential = new CertifiedKey(certificates(backbone.getClientChainList()), key);
    }

    private static List<X509Certificate> certificates(List<ByteString> der) {
        return Der.certificates(der.stream().map(ByteString::toByteArray).toList());
    }
}
