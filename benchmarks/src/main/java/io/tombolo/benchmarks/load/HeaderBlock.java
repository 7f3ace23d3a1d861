package io.tombolo.benchmarks.load;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The same header list sent again and again, in HPACK (RFC 7541): the first time fields enter the other side's table, from then on
 * a byte each says which. Both texts are made once; each is right only in its place.
 * @param first of a connection
 * @param next  all others
 */
record HeaderBlock(byte[] first, byte[] next) {
    private static final int STATIC_ENTRIES = 61;
    private static final int INDEXED = 0x80;
    private static final int INSERTED = 0x40;

    /** Collects fields in their order. */
    static final class Builder {
        private final List<byte[]> first = new ArrayList<>();
        private final List<Integer> inserted = new ArrayList<>();
        private final List<byte[]> next = new ArrayList<>();

        /** A field that the static table has. */
        Builder known(int index) {
            return both(new byte[] {(byte) (INDEXED | index)});
        }

        /** A field whose name the static table has and whose value changes in life: spelled out each time. */
        Builder spelled(int nameIndex, String value) {
            var bytes = new ByteArrayOutputStream();
            bytes.write(nameIndex);
            text(bytes, value);
            return both(bytes.toByteArray());
        }

        /** A field that is spelled out once. */
        Builder field(String name, String value) {
            var bytes = new ByteArrayOutputStream();
            bytes.write(INSERTED);
            text(bytes, name);
            text(bytes, value);
            first.add(bytes.toByteArray());
            inserted.add(next.size());
            next.add(new byte[1]);
            return this;
        }

        private Builder both(byte[] bytes) {
            first.add(bytes);
            next.add(bytes);
            return this;
        }

        /** Lengths that fit seven bits; without Huffman's code. */
        private static void text(ByteArrayOutputStream bytes, String text) {
            bytes.write(text.length());
            bytes.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        }

        /** @param before fields that another block of the connection inserted after this one's */
        HeaderBlock build(int before) {
            for (int i = 0; i < inserted.size(); i++) {
                int index = STATIC_ENTRIES + before + inserted.size() - i;
                next.get(inserted.get(i))[0] = (byte) (INDEXED | index);
            }
            return new HeaderBlock(joined(first), joined(next));
        }

        private static byte[] joined(List<byte[]> parts) {
            var bytes = new ByteArrayOutputStream();
            parts.forEach(bytes::writeBytes);
            return bytes.toByteArray();
        }
    }
}
