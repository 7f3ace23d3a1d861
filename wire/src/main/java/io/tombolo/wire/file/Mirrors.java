package io.tombolo.wire.file;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The mirrors of this process, by directory. A file belongs to the nearest directory above it that has one: so no room can keep
 * a file there that is not mirrored.
 */
public final class Mirrors {
    private static final Map<Path, Mirror> BY_DIRECTORY = new ConcurrentHashMap<>();

    private Mirrors() {}

    /** From now on every change below {@code directory} goes through {@code mirror}. */
    public static void put(Path directory, Mirror mirror) {
        BY_DIRECTORY.put(absolute(directory), mirror);
    }

    /** From now on they are on this disk only. */
    public static void remove(Path directory) {
        BY_DIRECTORY.remove(absolute(directory));
    }

    static Mirror of(Path file) {
        if (BY_DIRECTORY.isEmpty()) {
            return Mirror.NONE;
        }
        for (@Nullable Path above = file.getParent(); above != null; above = above.getParent()) {
            @Nullable Mirror found = BY_DIRECTORY.get(above);
            if (found != null) {
                return found;
            }
        }
        return Mirror.NONE;
    }

    private static Path absolute(Path directory) {
        return directory.toAbsolutePath().normalize();
    }
}
