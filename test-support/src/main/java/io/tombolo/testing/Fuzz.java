package io.tombolo.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A loop over a stranger's bytes (ADR-0076): each file of {@code src/test/resources/corpus/<parser>} as it is, then spoiled
 * copies, each named by its seed. {@code -Dtombolo.fuzz.rounds} says how many, {@code -Dtombolo.fuzz.seed} the first seed;
 * {@code -Pdeep} makes 20 times as many as usual.
 */
public final class Fuzz {
    private static final int DEEPER = 20;
    private static final long LONGEST_SECONDS = 10;
    private static final int LONGEST_PIECE = 16;

    private final String parser;
    private final List<byte[]> corpus = new ArrayList<>();
    private final List<byte[]> spices = new ArrayList<>();

    private Fuzz(String parser) {
        this.parser = parser;
    }

    /** One input. A failing check names {@code seed}; {@code random} is seeded with it. */
    public record Input(byte[] bytes, long seed, Random random) {
        /** One character a byte. */
        public String text() {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }

        /** The same bytes as they could arrive: in pieces, the first ones often of one byte. */
        public List<byte[]> cut() {
            var pieces = new ArrayList<byte[]>();
            int longest = 1 + random.nextInt(1 + random.nextInt(64));
            for (int at = 0; at < bytes.length; ) {
                int length = Math.min(bytes.length - at, 1 + random.nextInt(longest));
                pieces.add(Arrays.copyOfRange(bytes, at, at + length));
                at += length;
            }
            return pieces;
        }
    }

    /** What must hold for every input. */
    public interface Check {
        void on(Input input) throws Exception;
    }

    /** Begins with the corpus of {@code parser} among the resources of {@code test}. */
    public static Fuzz of(Class<?> test, String parser) {
        var fuzz = new Fuzz(parser);
        URL directory = test.getResource("/corpus/" + parser);
        if (directory == null) {
            throw new IllegalArgumentException("no corpus /corpus/" + parser + " beside " + test.getName());
        }
        try (Stream<Path> files = Files.list(Path.of(URI.create(directory.toString())))) {
            for (Path file : files.sorted().toList()) {
                fuzz.corpus.add(EscapedBytes.file(Files.readString(file)));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return fuzz;
    }

    /** Adds an input that the test makes. */
    public Fuzz with(byte[] made) {
        corpus.add(made.clone());
        return this;
    }

    /** Adds pieces that are put in at random places, spelt as in {@link EscapedBytes}. */
    public Fuzz spicedWith(String... pieces) {
        for (String piece : pieces) {
            spices.add(bytes(EscapedBytes.read(piece)));
        }
        return this;
    }

    /** Runs {@code check} on the corpus, then on {@code usual} spoiled inputs, or as many as the properties say. */
    public void rounds(int usual, Check check) {
        for (int i = 0; i < corpus.size(); i++) {
            one(check, new Input(corpus.get(i), i, new Random(i)), "as it is, input " + i);
        }
        int rounds =
                Integer.getInteger("tombolo.fuzz.rounds", Boolean.getBoolean("tombolo.deep") ? usual * DEEPER : usual);
        long first = Long.getLong("tombolo.fuzz.seed", 1);
        for (long seed = first; seed < first + rounds; seed++) {
            var random = new Random(seed);
            one(check, new Input(spoiled(random), seed, random), "seed " + seed);
        }
    }

    private void one(Check check, Input input, String which) {
        long start = System.nanoTime();
        try {
            check.on(input);
        } catch (Exception | Error broken) {
            throw new AssertionError(
                    "fuzz " + parser + ", " + which + " (-Dtombolo.fuzz.rounds=1 -Dtombolo.fuzz.seed=" + input.seed
                            + "), bytes " + EscapedBytes.write(input.bytes),
                    broken);
        }
        if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(LONGEST_SECONDS)) {
            throw new AssertionError("fuzz " + parser + ", " + which + " took more than " + LONGEST_SECONDS + " s");
        }
    }

    private byte[] spoiled(Random random) {
        byte[] bytes = corpus.get(random.nextInt(corpus.size()));
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes = changed(bytes, random);
        }
        return bytes;
    }

    private byte[] changed(byte[] bytes, Random random) {
        int at = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
        int length = random.nextInt(Math.min(LONGEST_PIECE, bytes.length - at) + 1);
        byte[] other = corpus.get(random.nextInt(corpus.size()));
        return switch (random.nextInt(8)) {
            case 0 -> joined(bytes, at, new byte[] {(byte) random.nextInt()}, Math.min(bytes.length, at + 1));
            case 1 -> flipped(bytes, at, random.nextInt(8));
            case 2 -> joined(bytes, at + length, new byte[0], at); // doubled
            case 3 -> joined(bytes, at, new byte[0], at + length); // left out
            case 4 -> Arrays.copyOf(bytes, at);
            case 5 -> joined(bytes, at, other, bytes.length); // goes on as another one
            default -> joined(bytes, at, spice(random), at + (random.nextBoolean() ? 0 : length));
        };
    }

    private byte[] spice(Random random) {
        return spices.isEmpty() ? new byte[] {(byte) random.nextInt()} : spices.get(random.nextInt(spices.size()));
    }

    private static byte[] flipped(byte[] bytes, int at, int bit) {
        byte[] changed = bytes.clone();
        if (at < changed.length) {
            changed[at] ^= (byte) (1 << bit);
        }
        return changed;
    }

    /** What is before {@code end}, {@code middle}, and what is from {@code from}. */
    private static byte[] joined(byte[] bytes, int end, byte[] middle, int from) {
        byte[] joined = Arrays.copyOf(bytes, end + middle.length + bytes.length - from);
        System.arraycopy(middle, 0, joined, end, middle.length);
        System.arraycopy(bytes, from, joined, end + middle.length, bytes.length - from);
        return joined;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
