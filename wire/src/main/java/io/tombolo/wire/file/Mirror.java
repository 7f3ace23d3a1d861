package io.tombolo.wire.file;

import java.io.IOException;

/**
 * Takes every change of the files below a directory to a second place as well. Safe on any thread; calls for one file come in
 * their order.
 */
@FunctionalInterface
public interface Mirror {
    /** Nobody has copies. */
    Mirror NONE = (_, local) -> local.write();

    /** The write on this disk, fsynced when it returns. */
    @FunctionalInterface
    interface Local {
        void write() throws IOException;
    }

    /**
     * Does {@code change} by {@code local}, once, and returns when it may count as done.
     * @throws IOException of {@code local}
     * @throws io.tombolo.model.fault.TomboloException if it is on this disk and may not count as done: it may be lost
     */
    void write(FileChange change, Local local) throws IOException;
}
