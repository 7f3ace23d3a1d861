package io.tombolo.trustbundle.tls;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLKeyException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** RFC 9266 channel binding: bytes that both ends of one TLS 1.3 connection know, and nobody in between. */
public final class TlsExporter {
    /** Length of the binding, in bytes. */
    public static final int LENGTH = 32;

    private static final String LABEL = "EXPORTER-Channel-Binding";
    private static final String PROTOCOL = "TLSv1.3";

    private TlsExporter() {}

    /**
     * The binding of a connection whose handshake is done.
     * @param session of the JDK's TLS; BoringSSL's has no exporter
     * @throws TomboloException {@link Fault#PROOF_INVALID} if it is not a TLS 1.3 session that can export
     */
    public static byte[] channelBinding(SSLSession session) {
        if (!(session instanceof ExtendedSSLSession extended) || !PROTOCOL.equals(session.getProtocol())) {
            throw refused("it is not a TLS 1.3 session of the JDK", null);
        }
        try {
            return extended.exportKeyingMaterialData(LABEL, new byte[0], LENGTH);
        } catch (SSLKeyException | UnsupportedOperationException | IllegalStateException cannot) {
            throw refused("its handshake is not done, or it cannot export", cannot);
        }
    }

    private static TomboloException refused(String what, @Nullable Throwable cause) {
        return new TomboloException(
                Fault.PROOF_INVALID, "TLS session", what, "connect with the JDK's TLS 1.3, without resumption", cause);
    }
}
