package io.tombolo.dataplane.tls;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalInt;

/**
 * Reads the group of the key exchange out of the ServerHello, which goes in clear (RFC 8446 §4.1.3, §4.2.8). Neither TLS engine
 * tells it.
 */
final class KeyGroup {
    /** More than a HelloRetryRequest and the beginning of a ServerHello take. */
    static final int MOST_BYTES = 512;

    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int HANDSHAKE = 22;
    private static final int SERVER_HELLO = 2;
    private static final int KEY_SHARE = 51;
    private static final int RANDOM = 32;

    /** SHA-256 of "HelloRetryRequest": that is no ServerHello, though it has its form; another ClientHello follows. */
    private static final byte[] RETRY =
            HexFormat.of().parseHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");

    private KeyGroup() {}

    /** More bytes are needed. */
    static final OptionalInt MORE = OptionalInt.of(-1);

    /**
     * Looks at what a server sent first.
     * @return the group's number; {@link #MORE}; empty = it is no ServerHello that says one
     */
    static OptionalInt in(ByteBuffer sent) {
        try {
            while (true) {
                int type = sent.get() & 0xff;
                sent.getShort();
                int end = (sent.getShort() & 0xffff) + sent.position();
                if (type == HANDSHAKE) {
                    byte[] random = hello(sent);
                    if (random.length == 0) {
                        return OptionalInt.empty();
                    }
                    if (!Arrays.equals(random, RETRY)) {
                        return keyShare(sent);
                    }
                } else if (type != CHANGE_CIPHER_SPEC) {
                    return OptionalInt.empty();
                }
                sent.position(end);
            }
        } catch (BufferUnderflowException | IllegalArgumentException tooShort) {
            return MORE;
        }
    }

    /** Up to the extensions. Returns the random; empty = it is another message. */
    private static byte[] hello(ByteBuffer sent) {
        if (sent.get() != SERVER_HELLO) {
            return new byte[0];
        }
        skip(sent, 3 + 2); // its length, the version of old
        byte[] random = new byte[RANDOM];
        sent.get(random);
        skip(sent, sent.get() & 0xff); // the session id of old
        skip(sent, 2 + 1); // cipher suite, compression of old
        return random;
    }

    private static OptionalInt keyShare(ByteBuffer sent) {
        int end = (sent.getShort() & 0xffff) + sent.position();
        while (sent.position() < end) {
            int extension = sent.getShort() & 0xffff;
            int length = sent.getShort() & 0xffff;
            if (extension == KEY_SHARE) {
                return OptionalInt.of(sent.getShort() & 0xffff);
            }
            skip(sent, length);
        }
        return OptionalInt.empty();
    }

    private static void skip(ByteBuffer sent, int bytes) {
        sent.position(sent.position() + bytes);
    }

    /** As IANA calls it; of one that is not known here its number. */
    static String name(int group) {
        return switch (group) {
            case 0x0017 -> "secp256r1";
            case 0x0018 -> "secp384r1";
            case 0x0019 -> "secp521r1";
            case 0x001d -> "x25519";
            case 0x001e -> "x448";
            case 0x11eb -> "SecP256r1MLKEM768";
            case 0x11ec -> "X25519MLKEM768";
            case 0x11ed -> "SecP384r1MLKEM1024";
            default -> "0x" + HexFormat.of().toHexDigits((short) group);
        };
    }
}
