package io.tombolo.benchmarks.peer;

import io.tombolo.benchmarks.place.Workshop;
import java.nio.file.Files;

/** Whether a program of the product is there. */
final class Built {
    private Built() {}

    static void demand(String program) throws Missing {
        if (!Files.exists(Workshop.home().resolve(program).resolve("target/quarkus-app/quarkus-run.jar"))) {
            throw new Missing("the " + program + " is not built; unset TOMBOLO_NO_BUILD");
        }
    }
}
