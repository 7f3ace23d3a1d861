package io.tombolo.wire.text;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.wire.token.JoinToken;
import io.tombolo.wire.token.WorkloadToken;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * Tokens as text: a prefix, then base64url without padding of the message and the first 4 bytes of its SHA-256. The text is a
 * secret; no message of a fault holds any of it.
 */
public final class TokenText {
    /** Begins the text of a join token. */
    public static final String JOIN_PREFIX = "tmb1_";

    /** Begins the text of a workload or gateway token. */
    public static final String WORKLOAD_PREFIX = "tmw1_";

    /** Longest text, in characters. */
    public static final int MAX_LENGTH = 4_096;

    private static final int CHECK_BYTES = 4;

    private TokenText() {}

    public static String write(JoinToken token) {
        return text(JOIN_PREFIX, token.toByteArray());
    }

    public static String write(WorkloadToken token) {
        return text(WORKLOAD_PREFIX, token.toByteArray());
    }

    /** @throws TomboloException {@link Fault#TOKEN_MALFORMED} */
    public static JoinToken join(String text) {
        try {
            return JoinToken.parseFrom(bytes(JOIN_PREFIX, text));
        } catch (InvalidProtocolBufferException malformed) {
            throw malformed("its content is not a join token");
        }
    }

    /** @throws TomboloException {@link Fault#TOKEN_MALFORMED} */
    public static WorkloadToken workload(String text) {
        try {
            return WorkloadToken.parseFrom(bytes(WORKLOAD_PREFIX, text));
        } catch (InvalidProtocolBufferException malformed) {
            throw malformed("its content is not a workload or gateway token");
        }
    }

    private static String text(String prefix, byte[] message) {
        byte[] checked = Arrays.copyOf(message, message.length + CHECK_BYTES);
        System.arraycopy(sha256(message), 0, checked, message.length, CHECK_BYTES);
        return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(checked);
    }

    private static byte[] bytes(String prefix, String text) {
        String bare = text.strip();
        if (bare.length() > MAX_LENGTH) {
            throw malformed("it is longer than " + MAX_LENGTH + " characters");
        }
        if (!bare.startsWith(prefix)) {
            throw malformed(found(bare) + ", but " + name(prefix) + " begins with " + prefix);
        }
        byte[] checked = decode(bare.substring(prefix.length()));
        if (checked.length <= CHECK_BYTES) {
            throw malformed("it is too short");
        }
        byte[] message = Arrays.copyOf(checked, checked.length - CHECK_BYTES);
        byte[] check = Arrays.copyOfRange(checked, message.length, checked.length);
        if (!MessageDigest.isEqual(check, Arrays.copyOf(sha256(message), CHECK_BYTES))) {
            throw malformed("a character of it is missing or wrong");
        }
        return message;
    }

    private static String found(String bare) {
        if (bare.startsWith(JOIN_PREFIX)) {
            return "it is " + name(JOIN_PREFIX);
        }
        return bare.startsWith(WORKLOAD_PREFIX) ? "it is " + name(WORKLOAD_PREFIX) : "it does not begin as a token";
    }

    private static String name(String prefix) {
        return prefix.equals(JOIN_PREFIX) ? "a token for a cluster to join" : "a workload or gateway token";
    }

    private static byte[] decode(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            throw malformed("it holds characters that no token has");
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("the JDK has SHA-256", impossible);
        }
    }

    private static TomboloException malformed(String what) {
        return new TomboloException(Fault.TOKEN_MALFORMED, "token", what, "copy the whole text or file again");
    }
}
