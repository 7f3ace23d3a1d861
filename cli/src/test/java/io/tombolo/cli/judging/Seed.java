package io.tombolo.cli.judging;

import io.tombolo.model.fault.Fault;
import java.util.function.Consumer;

/**
 * One thing that is made wrong in a healthy scene.
 * @param known   false = nobody knows then whether it is broken
 * @param command part of the one that is to be named
 */
record Seed(String name, Fault fault, boolean known, String command, Consumer<Scene> breaks) {
    static Seed seed(String name, Fault fault, String command, Consumer<Scene> breaks) {
        return new Seed(name, fault, true, command, breaks);
    }

    static Seed doubt(String name, Fault fault, String command, Consumer<Scene> breaks) {
        return new Seed(name, fault, false, command, breaks);
    }

    /** The scene with it. */
    Scene scene() {
        var scene = new Scene();
        breaks.accept(scene);
        return scene;
    }

    @Override
    public String toString() {
        return fault.code() + " " + name;
    }
}
