package io.tombolo.dataplane.tls;

import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.tombolo.model.fault.TomboloException;
import java.util.Objects;
import javax.net.ssl.SSLException;
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
        return new HandshakeException(
                ending(cause),
                "failed: "
                        + Objects.requireNonNullElse(
                                cause.getMessage(), cause.getClass().getSimpleName()),
                "check that both sides hold each other's trust bundle and that the other side serves this name");
    }

    private static HandshakeException.Ending ending(Throwable cause) {
        @Nullable Throwable link = cause;
        for (int i = 0; i < MAX_CAUSES && link != null; i++) {
            if (link instanceof SslHandshakeTimeoutException) {
                return HandshakeException.Ending.LATE;
            }
            if (link instanceof SSLException) {
                return HandshakeException.Ending.REFUSED;
            }
            link = link.getCause();
        }
        return HandshakeException.Ending.CUT;
    }

    static TomboloException gone() {
        return new HandshakeException(
                HandshakeException.Ending.CUT,
                "the other side closed the connection before its end",
                "check that the name is served there, and the log of the other side");
    }
}
