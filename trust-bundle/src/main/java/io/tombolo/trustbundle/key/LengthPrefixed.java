package io.tombolo.trustbundle.key;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Builds the bytes that a proof signs: a label as it is, then every part as u32 length ‖ bytes, so that no two lists of parts
 * give the same bytes. Numbers are big-endian. Not thread-safe; use and drop.
 */
public final class LengthPrefixed {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private LengthPrefixed(String label) {
        bytes.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
    }

    /** @param label what the signature is for, with its version, such as {@code tombolo-join-v1} */
    public static LengthPrefixed labelled(String label) {
        return new LengthPrefixed(label);
    }

    public LengthPrefixed with(byte[] part) {
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
        bytes.writeBytes(part);
        return this;
    }

    /** Text in UTF-8. */
    public LengthPrefixed with(String part) {
        return with(part.getBytes(StandardCharsets.UTF_8));
    }

    /** A number as 8 bytes (with its length before it, as every part). */
    public LengthPrefixed withU64(long number) {
        return with(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    public byte[] toBytes() {
        return bytes.toByteArray();
    }
}
