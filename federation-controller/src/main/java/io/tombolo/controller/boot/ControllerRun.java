package io.tombolo.controller.boot;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;

/** What happens once Quarkus serves the API: say that the program is ready, and wait for the end; {@link Beans} ends it. */
public final class ControllerRun implements QuarkusApplication {
    @Override
    public int run(String... args) {
        Announcement.make(ControllerProgram.controller().rooms());
        ControllerProgram.controller().serves(Announcement.apiPort());
        Quarkus.waitForExit();
        return 0;
    }
}
