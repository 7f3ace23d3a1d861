package io.tombolo.gateway.boot;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.tombolo.dataplane.program.Startup;

/** The program {@code gateway}. Ends with 2 for settings that cannot be used, 1 for anything else. */
@QuarkusMain
public final class GatewayProgram {
    static final Startup<Settings> STARTUP = new Startup<>();

    private GatewayProgram() {}

    public static void main(String... args) {
        STARTUP.read(SettingsReader::read);
        Quarkus.run(GatewayRun.class, args);
    }
}
