package io.tombolo.trustbundle.tls;

import io.tombolo.trustbundle.svid.Svid;
import java.util.function.Supplier;

/** Shows the SVID that is held when a handshake begins; see {@link CurrentKeyManager}. */
public final class SvidKeyManager extends CurrentKeyManager {
    /** @param current called at every handshake; must not block */
    public SvidKeyManager(Supplier<Svid> current) {
        super(() -> CertifiedKey.of(current.get()));
    }
}
