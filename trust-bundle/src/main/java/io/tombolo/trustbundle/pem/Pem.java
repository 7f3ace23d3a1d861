package io.tombolo.trustbundle.pem;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * PEM files (RFC 7468): certificates and unencrypted PKCS#8 keys. Text outside the blocks is ignored, blocks of other kinds
 * are ignored, a block that is cut short or not base64 is refused.
 */
public final class Pem {
    /** Longest text read, in characters. */
    public static final int MAX_LENGTH = 256 * 1_024;

    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String PRIVATE_KEY = "PRIVATE KEY";
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

    private Pem() {}

    /**
     * All certificates, in the order written; at least one.
     * @throws TomboloException {@link Fault#BAD_CERTIFICATE}
     */
    public static List<X509Certificate> certificates(String pem) {
        List<byte[]> blocks = blocks(pem, CERTIFICATE, Fault.BAD_CERTIFICATE);
        if (blocks.isEmpty()) {
            throw bad(Fault.BAD_CERTIFICATE, "holds no certificate");
        }
        return blocks.stream().map(Der::certificate).toList();
    }

    /**
     * The one unencrypted PKCS#8 key in the text.
     * @throws TomboloException {@link Fault#BAD_KEY}; its message never shows the text
     */
    public static PrivateKey privateKey(String pem) {
        List<byte[]> blocks = blocks(pem, PRIVATE_KEY, Fault.BAD_KEY);
        if (blocks.size() != 1) {
            throw bad(Fault.BAD_KEY, "holds " + blocks.size() + " blocks 'PRIVATE KEY'");
        }
        var encoded = new PKCS8EncodedKeySpec(blocks.getFirst());
        for (String algorithm : List.of("EC", "Ed25519", "RSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (GeneralSecurityException anotherSort) {
                continue;
            }
        }
        throw bad(Fault.BAD_KEY, "its private key is of no known sort");
    }

    public static String write(X509Certificate certificate) {
        return block(CERTIFICATE, Der.bytes(certificate));
    }

    /** All certificates, in order. */
    public static String write(List<X509Certificate> chain) {
        var text = new StringBuilder();
        chain.forEach(certificate -> text.append(write(certificate)));
        return text.toString();
    }

    /** PKCS#8, not encrypted: the result is a secret. */
    public static String write(PrivateKey key) {
        return block(PRIVATE_KEY, key.getEncoded());
    }

    private static String block(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n" + LINES.encodeToString(der) + "\n-----END " + kind + "-----\n";
    }

    private static List<byte[]> blocks(String pem, String kind, Fault fault) {
        if (pem.length() > MAX_LENGTH) {
            throw bad(fault, "is longer than " + MAX_LENGTH + " characters");
        }
        String begin = "-----BEGIN " + kind + "-----";
        String end = "-----END " + kind + "-----";
        var found = new ArrayList<byte[]>();
        int from = pem.indexOf(begin);
        while (from >= 0) {
            int start = from + begin.length();
            int stop = pem.indexOf(end, start);
            if (stop < 0) {
                throw bad(fault, "a block '" + kind + "' has no end");
            }
            found.add(decode(pem.substring(start, stop), kind, fault));
            from = pem.indexOf(begin, stop);
        }
        return found;
    }

    private static byte[] decode(String body, String kind, Fault fault) {
        try {
            return Base64.getDecoder().decode(body.replaceAll("[\\r\\n\\t ]", ""));
        } catch (IllegalArgumentException notBase64) {
            throw bad(fault, "a block '" + kind + "' is not base64");
        }
    }

    private static TomboloException bad(Fault fault, String what) {
        return new TomboloException(fault, "PEM text", what, "give a PEM file with one key, or with certificates");
    }
}
