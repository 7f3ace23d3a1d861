package io.tombolo.trustbundle.bundle;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/** A public key's parameters as RFC 7518 §6 names them. Roots from files may be RSA or on other curves; ours are on P-256. */
final class JwkKey {
    private static final Set<String> KNOWN_TYPES = Set.of("EC", "RSA");
    private static final Map<Integer, String> CURVES = Map.of(256, "P-256", 384, "P-384", 521, "P-521");

    private JwkKey() {}

    static boolean isKnown(String type) {
        return KNOWN_TYPES.contains(type);
    }

    /** {@code kty} and what belongs to it, in a fixed order. */
    static SequencedMap<String, String> parameters(PublicKey key) {
        return switch (key) {
            case ECPublicKey ec -> elliptic(ec);
            case RSAPublicKey rsa -> rsa(rsa);
            default ->
                throw new TomboloException(
                        Fault.BAD_BUNDLE, "root", "its key is for " + key.getAlgorithm(), "use EC or RSA roots");
        };
    }

    private static SequencedMap<String, String> elliptic(ECPublicKey key) {
        int bits = key.getParams().getCurve().getField().getFieldSize();
        int bytes = (bits + 7) / 8;
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("kty", "EC");
        parameters.put("crv", CURVES.getOrDefault(bits, "unknown"));
        parameters.put("x", base64(key.getW().getAffineX(), bytes));
        parameters.put("y", base64(key.getW().getAffineY(), bytes));
        return parameters;
    }

    private static SequencedMap<String, String> rsa(RSAPublicKey key) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("kty", "RSA");
        parameters.put("n", base64(key.getModulus(), (key.getModulus().bitLength() + 7) / 8));
        parameters.put(
                "e", base64(key.getPublicExponent(), (key.getPublicExponent().bitLength() + 7) / 8));
        return parameters;
    }

    /** Big-endian in exactly {@code length} bytes, base64url without padding. */
    private static String base64(BigInteger number, int length) {
        byte[] minimal = number.toByteArray();
        byte[] fixed = new byte[length];
        int copied = Math.min(minimal.length, length);
        System.arraycopy(minimal, minimal.length - copied, fixed, length - copied, copied);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(fixed);
    }
}
