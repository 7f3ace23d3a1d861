package io.tombolo.dataplane.tls;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import org.jspecify.annotations.Nullable;

/** Turns what Netty and the engines throw into a fault. */
final class HandshakeFault {
    private static final int MAX_CAUSES = 8;

    private HandshakeFault() {}

    /** Our own verdict if the trust manager spoke one, else what the other side or the network did. */
    static TomboloException of(Throwable cause) {
        @Nullable Throwable link = cause;
        for (int i = 0; i < MAX_CAUSES && link != null; i++) {
            if (link instanceof TomboloException ours) {
                return ours;
            }
            link = link.getCause();
        }
        return new TomboloException(
                Fault.PEER_UNREACHABLE,
                "TLS handshake",
                "failed: " + cause.getMessage(),
                "check that both sides hold each other's trust bundle and that the other side serves this name");
    }

    static TomboloException gone() {
        return new TomboloException(
                Fault.PEER_UNREACHABLE,
                "TLS handshake",
                "the other side closed the connection before its end",
                "check that the name is served there, and the log of the other side");
    }
}
