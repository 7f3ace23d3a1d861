package io.tombolo.trustbundle.key;

import java.math.BigInteger;
import java.util.Set;

/** Tells encodings of points that no honest signer has (RFC 8032 §5.1.3 and the eight points of small order). */
final class Ed25519Point {
    private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

    /** y of the points of order 8; the other ones are the negative. */
    private static final BigInteger Y_ORDER_8 =
            new BigInteger("7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7", 16);

    /** The y of all points of small order: 1 (order 1), -1 (order 2), 0 (order 4), and two of order 8. */
    private static final Set<BigInteger> SMALL_ORDER =
            Set.of(BigInteger.ZERO, BigInteger.ONE, P.subtract(BigInteger.ONE), Y_ORDER_8, P.subtract(Y_ORDER_8));

    private Ed25519Point() {}

    static boolean isUnusable(byte[] raw) {
        BigInteger y = y(raw);
        return y.compareTo(P) >= 0 || SMALL_ORDER.contains(y);
    }

    /** Little-endian, without the top bit, which is the sign of x. */
    private static BigInteger y(byte[] raw) {
        byte[] bigEndian = new byte[raw.length];
        for (int i = 0; i < raw.length; i++) {
            bigEndian[i] = raw[raw.length - 1 - i];
        }
        bigEndian[0] &= 0x7f;
        return new BigInteger(1, bigEndian);
    }
}
