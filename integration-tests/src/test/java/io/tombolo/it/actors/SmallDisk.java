package io.tombolo.it.actors;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A file system of a few MiB in memory that the test mounts, fills and frees. Needs root; else the test is skipped. */
public final class SmallDisk implements AutoCloseable {
    private static final int BLOCK_BYTES = 4_096;

    private final Path at;
    private final Path ballast;

    private SmallDisk(Path at) {
        this.at = at;
        this.ballast = at.resolve("ballast");
    }

    /** Mounts one at a directory that is made. */
    public static SmallDisk mount(Path at, int mebibytes) {
        try {
            Files.createDirectories(at);
            int code = run("mount", "-t", "tmpfs", "-o", "mode=0700,size=" + mebibytes + "m", "tmpfs", at.toString());
            Assumptions.assumeTrue(code == 0, "a tmpfs cannot be mounted here: that needs root");
            return new SmallDisk(at);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes all space that is left. */
    public void fill() {
        byte[] block = new byte[BLOCK_BYTES];
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (Files.getFileStore(at).getUsableSpace() > 0) {
                out.write(block);
            }
        } catch (IOException full) {
            // That is the end that was wanted.
        }
    }

    /** Gives it back. */
    public void free() {
        try {
            Files.delete(ballast);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        // Lazily: a process that ends just now may still have a file open.
        if (run("umount", "-l", at.toString()) != 0) {
            throw new IllegalStateException(at + " stays mounted");
        }
    }

    private static int run(String... command) {
        try {
            Process process = new ProcessBuilder(List.of(command)).inheritIO().start();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return -1;
            }
            return process.exitValue();
        } catch (IOException missing) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }
}
