package io.tombolo.dataplane.program;

import org.jspecify.annotations.Nullable;

/** Where a setting was read, in the user's words instead of the configuration library's. */
final class ConfigOrigin {
    private static final String FILE = "PropertiesConfigSource[source=";

    private ConfigOrigin() {}

    static String of(@Nullable String sourceName) {
        if (sourceName == null || sourceName.startsWith("DefaultValues")) {
            return "default";
        }
        if (sourceName.startsWith("SysProp")) {
            return "arguments";
        }
        if (sourceName.startsWith("Env")) {
            return "env";
        }
        return sourceName.startsWith(FILE) && sourceName.endsWith("]")
                ? sourceName.substring(FILE.length(), sourceName.length() - 1)
                : sourceName;
    }
}
