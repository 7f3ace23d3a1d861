package io.tombolo.sidecar.boot;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.tombolo.dataplane.program.Startup;

/**
 * The program {@code sidecar}; its arguments are the program to run, if any. Ends with that program's exit code, or with 2 for
 * settings that cannot be used and 1 for anything else.
 */
@QuarkusMain
public final class SidecarProgram {
    static final Startup<Settings> STARTUP = new Startup<>();

    private SidecarProgram() {}

    public static void main(String... args) {
        STARTUP.read(SettingsReader::read);
        boolean forCluster = STARTUP.settings().forCluster().isPresent();
        Quarkus.run(forCluster ? NameServiceRun.class : SidecarRun.class, args);
    }
}
