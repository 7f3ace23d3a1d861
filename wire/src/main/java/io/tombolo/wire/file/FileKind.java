package io.tombolo.wire.file;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a file is.
 * @param tag     4 ASCII characters, never re-used for something else
 * @param version of the payload's format, 1 to 65535: what is written, and the newest that can be read
 */
public record FileKind(String tag, int version) {
    /** Bytes of the header: magic, tag, version. */
    static final int HEADER_LENGTH = 10;

    private static final byte[] MAGIC = "TMBO".getBytes(StandardCharsets.US_ASCII);

    public FileKind {
        if (!tag.matches("[A-Z0-9]{4}") || version < 1 || version > 0xffff) {
            throw new IllegalArgumentException("no file kind: " + tag + " " + version);
        }
    }

    /** Whether a file that begins like this is one of ours, of whatever kind. */
    static boolean begins(ByteBuffer bytes) {
        return bytes.remaining() >= HEADER_LENGTH
                && ByteBuffer.wrap(MAGIC).equals(bytes.slice(bytes.position(), MAGIC.length));
    }

    byte[] header() {
        return ByteBuffer.allocate(HEADER_LENGTH)
                .put(MAGIC)
                .put(tag.getBytes(StandardCharsets.US_ASCII))
                .putShort((short) version)
                .array();
    }

    /**
     * Reads a header from {@code bytes}.
     * @return the version found
     * @throws NotThisKind if it is no file of ours, or one of another kind
     */
    int versionIn(ByteBuffer bytes) throws NotThisKind {
        byte[] found = new byte[HEADER_LENGTH];
        if (bytes.remaining() < HEADER_LENGTH) {
            throw new NotThisKind("it ends within its header");
        }
        bytes.get(found);
        ByteBuffer expected = ByteBuffer.wrap(header());
        if (expected.limit(8).mismatch(ByteBuffer.wrap(found, 0, 8)) >= 0) {
            throw new NotThisKind("its header is not that of a " + tag + " file");
        }
        return Short.toUnsignedInt(ByteBuffer.wrap(found).getShort(8));
    }

    /** Says why a file is not what was expected. */
    static final class NotThisKind extends Exception {
        private static final long serialVersionUID = 1L;

        NotThisKind(String why) {
            super(why, null, false, false);
        }
    }
}
