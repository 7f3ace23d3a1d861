package io.tombolo.sidecar.boot;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The program {@code sidecar}; its arguments are the program to run, if any. Ends with that program's exit code, or with 2 for
 * settings that cannot be used and 1 for anything else.
 */
@QuarkusMain
public final class SidecarProgram {
    private static volatile @Nullable Settings settings;

    private SidecarProgram() {}

    public static void main(String... args) {
        try {
            settings = SettingsReader.read();
        } catch (TomboloException refused) {
            System.err.println(refused.getMessage());
            Runtime.getRuntime().halt(exitCode(refused));
        }
        Quarkus.run(SidecarRun.class, args);
    }

    /** What was read before Quarkus started. */
    static Settings settings() {
        return Objects.requireNonNull(settings, "the settings are read before Quarkus starts");
    }

    static int exitCode(TomboloException refused) {
        return refused.fault().kind() == Fault.Kind.INPUT ? 2 : 1;
    }
}
