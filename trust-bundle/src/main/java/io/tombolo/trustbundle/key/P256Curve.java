package io.tombolo.trustbundle.key;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import javax.crypto.KeyAgreement;

/** The curve P-256, and the way from a private key to its public half with the JDK's own constant-time arithmetic. */
final class P256Curve {
    private static final ECParameterSpec CURVE = curve();

    private P256Curve() {}

    static boolean isP256(ECParameterSpec parameters) {
        return parameters.getCurve().equals(CURVE.getCurve())
                && parameters.getGenerator().equals(CURVE.getGenerator())
                && parameters.getOrder().equals(CURVE.getOrder());
    }

    /**
     * PKCS#8 need not hold the public half, and the JDK has no call for it. An ECDH of the key with the curve's generator
     * gives the x of the public point; of the two y that fit, the one that verifies the key's signature is right.
     */
    static PublicKey publicHalf(ECPrivateKey key) {
        try {
            BigInteger x = ecdhWithGenerator(key);
            BigInteger y = root(x);
            PublicKey even = point(x, y);
            return signsFor(key, even) ? even : point(x, field().subtract(y));
        } catch (GeneralSecurityException notAKey) {
            throw new TomboloException(
                    Fault.BAD_KEY, "private key", "is not a valid key on P-256", "make a new one", notAKey);
        }
    }

    /** Whether {@code privateKey} and {@code publicKey} belong together. */
    static boolean signsFor(PrivateKey privateKey, PublicKey publicKey) throws GeneralSecurityException {
        byte[] probe = "tombolo key pair".getBytes(StandardCharsets.US_ASCII);
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(privateKey);
        signature.update(probe);
        byte[] signed = signature.sign();
        signature.initVerify(publicKey);
        signature.update(probe);
        return signature.verify(signed);
    }

    private static BigInteger ecdhWithGenerator(ECPrivateKey key) throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(key);
        ECPoint generator = CURVE.getGenerator();
        agreement.doPhase(point(generator.getAffineX(), generator.getAffineY()), true);
        return new BigInteger(1, agreement.generateSecret());
    }

    /** A y with y² = x³ + ax + b; the field's prime is 3 modulo 4. */
    private static BigInteger root(BigInteger x) {
        BigInteger p = field();
        BigInteger square = x.pow(3)
                .add(CURVE.getCurve().getA().multiply(x))
                .add(CURVE.getCurve().getB())
                .mod(p);
        return square.modPow(p.add(BigInteger.ONE).shiftRight(2), p);
    }

    private static BigInteger field() {
        return ((ECFieldFp) CURVE.getCurve().getField()).getP();
    }

    private static PublicKey point(BigInteger x, BigInteger y) throws GeneralSecurityException {
        return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(new ECPoint(x, y), CURVE));
    }

    private static ECParameterSpec curve() {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the JDK has P-256", impossible);
        }
    }
}
