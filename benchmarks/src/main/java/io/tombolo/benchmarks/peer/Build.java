package io.tombolo.benchmarks.peer;

import io.tombolo.cli.program.ExecPlan;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A build of our programs.
 * @param name         in tables
 * @param directory    of the files that one contender keeps, so that two builds can run beside each other
 * @param installation where it is
 */
public record Build(String name, String directory, Path installation) {
    /** The one that is measured. */
    public static Build current() {
        return new Build("Tombolo", "", ExecPlan.installation());
    }

    /** Another one to compare it with, if {@code TOMBOLO_BEFORE} names its installation. */
    public static Optional<Build> before() {
        return Optional.ofNullable(System.getenv("TOMBOLO_BEFORE"))
                .map(place -> new Build("before", "before-", Path.of(place)));
    }

    /** The same process of this build. */
    ExecPlan of(ExecPlan plan) {
        String current = ExecPlan.installation().toString();
        return new ExecPlan(
                plan.environment(),
                plan.arguments().stream()
                        .map(argument -> argument.replace(current, installation.toString()))
                        .toList());
    }
}
