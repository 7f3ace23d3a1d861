package io.tombolo.cli.service;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads resources that a user wrote. Blocks. */
public final class ResourceFile {
    /** As the controller takes at most; docs/resources.md. */
    private static final int MAX_BYTES = 4 * 1_024 * 1_024;

    private ResourceFile() {}

    /**
     * All of it.
     * @param file {@code -} is standard input
     * @throws TomboloException FILE_UNREADABLE, or BAD_RESOURCE if it is too long
     */
    public static String read(String file) {
        try {
            byte[] bytes = bounded(file);
            if (bytes.length > MAX_BYTES) {
                // Never a part of it: what ends between two resources would be taken for the whole.
                throw new TomboloException(
                        Fault.BAD_RESOURCE, file, "has more than " + MAX_BYTES + " bytes", "apply it in several parts");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new TomboloException(
                    Fault.FILE_UNREADABLE, file, "cannot be read: " + e.getMessage(), "check the path", e);
        }
    }

    private static byte[] bounded(String file) throws IOException {
        if (file.equals("-")) {
            return System.in.readNBytes(MAX_BYTES + 1);
        }
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            return in.readNBytes(MAX_BYTES + 1);
        }
    }
}
