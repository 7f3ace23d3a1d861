package io.tombolo.controller.boot;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The program {@code federation-controller}. Ends with 2 for settings that cannot be used, 1 for anything else. */
@QuarkusMain
public final class ControllerProgram {
    private static volatile @Nullable Rooms rooms;

    private ControllerProgram() {}

    public static void main(String... args) {
        try {
            Rooms built = Assembly.build(SettingsReader.read());
            rooms = built;
            Assembly.configureApi(built);
            Quarkus.run(ControllerRun.class, args);
        } catch (TomboloException e) {
            System.err.println(e.getMessage());
            Runtime.getRuntime().halt(e.fault().kind() == Fault.Kind.INPUT ? 2 : 1);
        }
    }

    /** The rooms of this process; there once main has built them. */
    static Rooms rooms() {
        return Objects.requireNonNull(rooms, "the rooms are built before Quarkus starts");
    }
}
