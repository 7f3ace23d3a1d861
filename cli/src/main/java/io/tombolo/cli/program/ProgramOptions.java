package io.tombolo.cli.program;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** What controller, gateway and sidecar have in common on the command line. */
final class ProgramOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A .properties file with any of the program's keys; options win over it.")
    private Path config = Path.of("");

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Set any key of the program, without its prefix, such as --set dial.timeout=1s.")
    private Map<String, String> set = new LinkedHashMap<>();

    @Option(names = "--auto-ports", description = "Take free ports where the default ones are in use.")
    private boolean autoPorts;

    Settings settings(String prefix, Path stateDir) {
        var settings = new Settings(prefix);
        settings.put("state-dir", stateDir.toString().isEmpty() ? "" : stateDir.toAbsolutePath());
        settings.flag("auto-ports", autoPorts);
        settings.putAll(set);
        return settings;
    }

    /** Whether the command line sets a key of the program. */
    boolean sets(String key) {
        return set.containsKey(key);
    }

    /** The setting that names the file, which has no prefix. */
    Settings withConfig(Settings settings) {
        return config.toString().isEmpty()
                ? settings
                : settings.absolute("smallrye.config.locations", config.toAbsolutePath());
    }
}
