package io.tombolo.benchmarks.mesh;

import io.tombolo.benchmarks.place.Child;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;

/** Follows what the load client prints: {@code <sent at, epoch µs> <µs it took> <status> …}, a line per request. */
final class Answers {
    private final Path log;
    private final Child caller;
    private long read;

    Answers(Path log, Child caller) {
        this.log = log;
        this.caller = caller;
    }

    /**
     * Waits for the first request that was sent after {@code sinceMicros} and was answered well, or was not.
     * @return when its answer came, epoch µs
     */
    long await(long sinceMicros, boolean well, Duration patience) {
        var found = new long[1];
        caller.await(
                () -> {
                    OptionalLong next = next(sinceMicros, well);
                    next.ifPresent(at -> found[0] = at);
                    return next.isPresent();
                },
                patience);
        return found[0];
    }

    private OptionalLong next(long sinceMicros, boolean well) {
        for (String line : newLines().split("\n")) {
            String[] words = line.split(" ");
            if (words.length >= 3 && words[0].matches("\\d{16}") && Long.parseLong(words[0]) >= sinceMicros) {
                if (words[2].equals("200") == well) {
                    return OptionalLong.of(Long.parseLong(words[0]) + Long.parseLong(words[1]));
                }
            }
        }
        return OptionalLong.empty();
    }

    /** Whole lines only; the rest is read the next time. */
    private String newLines() {
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            byte[] bytes = new byte[(int) Math.min(file.length() - read, 1 << 20)];
            file.seek(read);
            file.readFully(bytes);
            String text = new String(bytes, StandardCharsets.UTF_8);
            int end = text.lastIndexOf('\n') + 1;
            read += text.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
            return text.substring(0, end);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
