package io.tombolo.controller.boot;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Controllers of one user that start at the same moment must not choose the same free port: each claims a port, by a locked
 * file that ends with the process, before it looks whether the port is free, and long before it listens there.
 */
final class PortClaim {
    private static final Map<Integer, FileLock> HELD = new ConcurrentHashMap<>();

    private PortClaim() {}

    /** False if another process has claimed the port. Without a place for claims, everybody may try. */
    static boolean take(int port) {
        try {
            Path directory = Files.createDirectories(
                    Path.of(System.getProperty("java.io.tmpdir"), "tombolo-ports-" + System.getProperty("user.name")),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            FileChannel channel = FileChannel.open(
                    directory.resolve(Integer.toString(port)), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            @Nullable FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                return false;
            }
            HELD.put(port, lock);
            return true;
        } catch (OverlappingFileLockException ownClaim) {
            return false;
        } catch (IOException noPlace) {
            return true;
        }
    }

    /** Gives a port back that turned out to be taken by somebody who makes no claims. */
    static void release(int port) {
        @Nullable FileLock lock = HELD.remove(port);
        if (lock != null) {
            try {
                lock.acquiredBy().close();
            } catch (IOException _) {
                // It ends with the process.
            }
        }
    }
}
