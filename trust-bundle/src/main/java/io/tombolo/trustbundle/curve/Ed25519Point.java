package io.tombolo.trustbundle.curve;

import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** A public key, decoded once. Existing means: encoded as RFC 8032 says, on the curve, and of the full prime order. */
public final class Ed25519Point {
    private final Ed25519.PublicPoint point;

    private Ed25519Point(Ed25519.PublicPoint point) {
        this.point = point;
    }

    /**
     * Decodes 32 bytes; takes about 0.1 ms.
     * @return empty if they are no key that an honest signer has, such as one of small order, which everybody can sign for
     */
    public static Optional<Ed25519Point> decode(byte[] raw) {
        return raw.length == Ed25519.PUBLIC_KEY_SIZE
                ? Optional.ofNullable(Ed25519.validatePublicKeyFullExport(raw, 0))
                        .map(Ed25519Point::new)
                : Optional.empty();
    }

    /** Whether {@code signature} is 64 bytes, canonical, and by this key over {@code message}. About 0.1 ms. */
    public boolean verify(byte[] message, byte[] signature) {
        return signature.length == Ed25519.SIGNATURE_SIZE
                && Ed25519.verify(signature, 0, point, message, 0, message.length);
    }
}
