package io.tombolo.dataplane.hello;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * What a ClientHello says, as far as a gateway cares. Only hellos that offer TLS 1.3 are read.
 * @param serverName as sent: 1 to 253 characters of printable ASCII; empty if there is no such extension
 * @param alpn       names offered, in order; empty if there is no such extension
 */
public record ClientHello(Optional<String> serverName, List<String> alpn) {
    /** Bytes of a handshake message's header: type and length. */
    static final int HEADER_LENGTH = 4;

    static final int TYPE = 1;
    private static final int MAX_NAME = 253;
    private static final int RANDOM_LENGTH = 32;
    private static final int MAX_SESSION_ID = 32;
    private static final int TLS_1_2 = 0x0303;
    private static final int TLS_1_3 = 0x0304;
    private static final int SERVER_NAME = 0;
    private static final int ALPN = 16;
    private static final int SUPPORTED_VERSIONS = 43;

    public ClientHello {
        alpn = List.copyOf(alpn);
    }

    /**
     * Reads one complete handshake message, its header included.
     * @return empty if it is not a well-formed ClientHello that offers TLS 1.3
     */
    static Optional<ClientHello> parse(byte[] message) {
        try {
            return Optional.of(read(ByteBuffer.wrap(message)));
        } catch (MalformedHello malformed) {
            return Optional.empty();
        }
    }

    private static ClientHello read(ByteBuffer in) {
        require(u8(in) == TYPE && u24(in) == in.remaining());
        require(u16(in) == TLS_1_2);
        part(in, RANDOM_LENGTH);
        ByteBuffer sessionId = part(in, u8(in));
        require(sessionId.remaining() <= MAX_SESSION_ID);
        ByteBuffer suites = part(in, u16(in));
        require(suites.remaining() >= 2 && suites.remaining() % 2 == 0);
        ByteBuffer compression = part(in, u8(in));
        require(compression.remaining() == 1 && u8(compression) == 0);
        ByteBuffer extensions = part(in, u16(in));
        require(!in.hasRemaining());
        return readExtensions(extensions);
    }

    private static ClientHello readExtensions(ByteBuffer in) {
        Optional<String> serverName = Optional.empty();
        List<String> alpn = List.of();
        boolean offersTls13 = false;
        var seen = new HashSet<Integer>();
        while (in.hasRemaining()) {
            int type = u16(in);
            require(seen.add(type));
            ByteBuffer body = part(in, u16(in));
            switch (type) {
                case SERVER_NAME -> serverName = Optional.of(serverName(body));
                case ALPN -> alpn = alpn(body);
                case SUPPORTED_VERSIONS -> offersTls13 = offersTls13(body);
                default -> {
                    // the two ends' business
                }
            }
        }
        require(offersTls13);
        return new ClientHello(serverName, alpn);
    }

    /** RFC 6066 §3: a list of names of which there may be one of each type, and host names are the only type. */
    private static String serverName(ByteBuffer in) {
        ByteBuffer list = part(in, u16(in));
        require(!in.hasRemaining() && u8(list) == 0);
        ByteBuffer name = part(list, u16(list));
        require(!list.hasRemaining() && name.hasRemaining() && name.remaining() <= MAX_NAME);
        return ascii(name);
    }

    /** RFC 7301 §3.1. */
    private static List<String> alpn(ByteBuffer in) {
        ByteBuffer list = part(in, u16(in));
        require(!in.hasRemaining() && list.hasRemaining());
        var names = new ArrayList<String>();
        while (list.hasRemaining()) {
            ByteBuffer name = part(list, u8(list));
            require(name.hasRemaining());
            names.add(StandardCharsets.ISO_8859_1.decode(name).toString());
        }
        return names;
    }

    private static boolean offersTls13(ByteBuffer in) {
        ByteBuffer versions = part(in, u8(in));
        require(!in.hasRemaining() && versions.remaining() >= 2 && versions.remaining() % 2 == 0);
        boolean offered = false;
        while (versions.hasRemaining()) {
            offered |= u16(versions) == TLS_1_3;
        }
        return offered;
    }

    private static String ascii(ByteBuffer in) {
        byte[] bytes = new byte[in.remaining()];
        in.get(bytes);
        for (byte b : bytes) {
            require(b > 0x20 && b < 0x7f);
        }
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private static ByteBuffer part(ByteBuffer in, int length) {
        require(length <= in.remaining());
        ByteBuffer part = in.slice(in.position(), length);
        in.position(in.position() + length);
        return part;
    }

    private static int u8(ByteBuffer in) {
        require(in.hasRemaining());
        return in.get() & 0xff;
    }

    private static int u16(ByteBuffer in) {
        return u8(in) << 8 | u8(in);
    }

    private static int u24(ByteBuffer in) {
        return u16(in) << 8 | u8(in);
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new MalformedHello();
        }
    }

    /** Thrown and caught in this class only; costs no stack trace. */
    private static final class MalformedHello extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MalformedHello() {
            super("malformed ClientHello", null, false, false);
        }
    }
}
