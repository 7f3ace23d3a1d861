package io.tombolo.dataplane.capture;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What a process must know to use this run's proxy port: the child gets it in its environment, others do not. Made at every
 * start, never written to disk, never logged.
 */
public final class ProxyCredential {
    private static final String USER = "tombolo";
    private static final int SECRET_BYTES = 24;

    private final String password;
    private final byte[] expected;

    private ProxyCredential(String password) {
        this.password = password;
        String pair = USER + ":" + password;
        this.expected = ("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII)))
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** A new one from the system's random source. */
    public static ProxyCredential random() {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return new ProxyCredential(Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /** Whether a Proxy-Authorization header proves it. Takes the same time whatever is wrong. */
    public boolean isProvedBy(@Nullable String header) {
        byte[] said = (header == null ? "" : header).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(said, expected);
    }

    /** The value of {@code http_proxy} for the child. A secret. */
    public String proxyUrl(int port) {
        return "http://" + USER + ":" + password + "@127.0.0.1:" + port;
    }

    /** Shows nothing. */
    @Override
    public String toString() {
        return "ProxyCredential";
    }
}
