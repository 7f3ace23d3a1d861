package io.tombolo.dataplane.program;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a program read before its container started, for those who are made by the container. Any thread.
 * @param <S> the program's settings
 */
public final class Startup<S> {
    private volatile @Nullable S settings;

    /** Reads the settings; ends the process with a message for the user when they cannot be used. */
    public void read(Supplier<S> reader) {
        try {
            settings = reader.get();
        } catch (TomboloException refused) {
            System.err.println(refused.getMessage());
            Runtime.getRuntime().halt(exitCode(refused));
        }
    }

    public S settings() {
        return Objects.requireNonNull(settings, "the settings are read before the container starts");
    }

    /** 2 for what the user gave, 1 for anything else. */
    public static int exitCode(TomboloException refused) {
        return refused.fault().kind() == Fault.Kind.INPUT ? 2 : 1;
    }
}
