package io.tombolo.cli.context;

import java.nio.file.Path;

/** What {@code ~} is. */
public final class UserHome {
    private UserHome() {}

    /** {@code HOME}, as the shell says it; Java itself would ask the list of users, which in a container need not know this one. */
    public static Path directory() {
        String home = System.getenv("HOME");
        return Path.of(home == null || home.isEmpty() ? System.getProperty("user.home") : home);
    }
}
