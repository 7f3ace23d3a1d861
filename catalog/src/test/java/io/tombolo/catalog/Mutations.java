package io.tombolo.catalog;

import java.util.Arrays;
import java.util.Random;

/** Bytes that are almost right. */
public final class Mutations {
    private static final int MOST_AT_ONCE = 8;

    private Mutations() {}

    /** One to three changes: a bit, a byte, a piece left out or doubled, or the end cut off. */
    public static byte[] of(byte[] good, Random random) {
        byte[] bytes = good;
        for (int i = random.nextInt(3); i >= 0; i--) {
            bytes = changed(bytes, random);
        }
        return bytes;
    }

    private static byte[] changed(byte[] bytes, Random random) {
        if (bytes.length == 0) {
            return new byte[] {(byte) random.nextInt()};
        }
        int at = random.nextInt(bytes.length);
        int length = random.nextInt(Math.min(MOST_AT_ONCE, bytes.length - at) + 1);
        return switch (random.nextInt(5)) {
            case 0 -> with(bytes, at, (byte) (bytes[at] ^ 1 << random.nextInt(8)));
            case 1 -> with(bytes, at, (byte) random.nextInt());
            case 2 -> joined(bytes, at, at + length);
            case 3 -> joined(bytes, at + length, at);
            default -> Arrays.copyOf(bytes, at);
        };
    }

    private static byte[] with(byte[] bytes, int at, byte value) {
        byte[] changed = bytes.clone();
        changed[at] = value;
        return changed;
    }

    private static byte[] joined(byte[] bytes, int end, int from) {
        byte[] joined = Arrays.copyOf(bytes, end + bytes.length - from);
        System.arraycopy(bytes, from, joined, end, bytes.length - from);
        return joined;
    }
}
