package io.tombolo.cli.program;

import io.tombolo.cli.context.UserHome;
import java.nio.file.Path;
import java.util.Optional;

/** Where a program keeps its state when the user does not say: below {@code XDG_STATE_HOME} or {@code ~/.local/state}. */
public final class StateHome {
    private StateHome() {}

    /** The directory {@code tombolo/<parts…>}. */
    public static Path of(String... parts) {
        Path base = Optional.ofNullable(System.getenv("XDG_STATE_HOME"))
                .filter(text -> !text.isEmpty())
                .map(Path::of)
                .orElseGet(() -> UserHome.directory().resolve(Path.of(".local", "state")));
        return base.resolve(Path.of("tombolo", parts));
    }

    /** {@code given}, or the default when it is empty. */
    static Path orDefault(Path given, String... parts) {
        return given.toString().isEmpty() ? of(parts) : given;
    }
}
