package io.tombolo.trustbundle;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Ways to spoil good bytes; the same seed spoils them in the same way. */
final class Mutation {
    private static final List<String> JSON = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "null",
            "true",
            "-1",
            "1e999",
            "\"kid\":1,",
            "\"keys\":[],",
            "\\u0000",
            " ");

    private Mutation() {}

    /** One to four changes: a bit, a byte, a piece left out, doubled, or overwritten, or the end cut off. */
    static UnaryOperator<byte[]> bytes(Random random) {
        return good -> {
            byte[] bytes = good;
            for (int i = random.nextInt(4); i >= 0; i--) {
                bytes = changed(bytes, random);
            }
            return bytes;
        };
    }

    /** Pieces of JSON put in at random places. */
    static UnaryOperator<byte[]> json(Random random) {
        return good -> {
            var text = new StringBuilder(new String(good, StandardCharsets.UTF_8));
            for (int i = random.nextInt(3); i >= 0; i--) {
                text.insert(random.nextInt(text.length()), JSON.get(random.nextInt(JSON.size())));
            }
            return text.toString().getBytes(StandardCharsets.UTF_8);
        };
    }

    private static byte[] changed(byte[] bytes, Random random) {
        if (bytes.length == 0) {
            return new byte[] {(byte) random.nextInt()};
        }
        int at = random.nextInt(bytes.length);
        int length = random.nextInt(Math.min(16, bytes.length - at) + 1);
        return switch (random.nextInt(6)) {
            case 0 -> with(bytes, at, (byte) (bytes[at] ^ 1 << random.nextInt(8)));
            case 1 -> with(bytes, at, (byte) random.nextInt());
            case 2 -> joined(bytes, at, at + length);
            case 3 -> joined(bytes, at + length, at);
            case 4 -> overwritten(bytes, at, length, random);
            default -> Arrays.copyOf(bytes, at);
        };
    }

    private static byte[] with(byte[] bytes, int at, byte value) {
        byte[] changed = bytes.clone();
        changed[at] = value;
        return changed;
    }

    /** The beginning up to {@code end}, then everything from {@code from}. */
    private static byte[] joined(byte[] bytes, int end, int from) {
        byte[] joined = Arrays.copyOf(bytes, end + bytes.length - from);
        System.arraycopy(bytes, from, joined, end, bytes.length - from);
        return joined;
    }

    private static byte[] overwritten(byte[] bytes, int at, int length, Random random) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        byte[] changed = bytes.clone();
        System.arraycopy(noise, 0, changed, at, length);
        return changed;
    }
}
