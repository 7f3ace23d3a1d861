package io.tombolo.cli.evidence;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A service that can be called from here. */
public record ServiceSeen(
        String namespace, String name, boolean exported, List<Source> clusters, List<Condition> conditions) {
    /** Who has it, and who may answer there; {@code ready} absent = unknown. */
    public record Source(
            String cluster, @Nullable Integer ready, boolean local, List<Integer> ports, List<String> serverIds) {}

    /** As commands name it. */
    public String called() {
        return name + "." + namespace;
    }
}
