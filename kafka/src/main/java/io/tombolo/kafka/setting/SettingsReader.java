package io.tombolo.kafka.setting;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.setting.Problems;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Reads {@code --config FILE} and {@code --key=value}; an argument wins over the file. */
public final class SettingsReader {
    private static final List<String> KEYS =
            List.of("state-dir", "listen.host", "listen.port", "listen.strict", "advertised.host");
    private static final String ARGUMENTS = "arguments";

    private record Given(String value, String source) {}

    private final Problems problems = new Problems("kafka");
    private final Map<String, Given> given = new LinkedHashMap<>();

    private SettingsReader() {}

    /**
     * The settings that {@code args} and the file they name make together.
     * @throws TomboloException {@link Fault#BAD_SETTING} with all problems; {@link Fault#FILE_UNREADABLE} for the file
     */
    public static BrokerSettings read(String... args) {
        var reader = new SettingsReader();
        reader.takeFile(args);
        reader.takeArguments(args);
        BrokerSettings settings = reader.settings();
        reader.problems.throwIfAny();
        return settings;
    }

    private void takeFile(String... args) {
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("--config") && i + 1 < args.length) {
                load(Path.of(args[i + 1]));
            } else if (args[i].startsWith("--config=")) {
                load(Path.of(args[i].substring("--config=".length())));
            }
        }
    }

    private void load(Path file) {
        var properties = new Properties();
        try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(text);
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            throw new TomboloException(
                    Fault.FILE_UNREADABLE,
                    "--config " + file,
                    "cannot be read as properties",
                    "name a readable file",
                    e);
        }
        properties.stringPropertyNames().stream()
                .sorted()
                .forEach(key -> take(key, properties.getProperty(key).strip(), file.toString()));
    }

    private void takeArguments(String... args) {
        for (int i = 0; i < args.length; i++) {
            String arg = args[i];
            int equals = arg.indexOf('=');
            if (arg.equals("--config")) {
                i++;
                if (i == args.length) {
                    problems.add("--config", "", ARGUMENTS, "a file after it");
                }
            } else if (arg.startsWith("--") && equals > 2) {
                takeArgument(arg.substring(2, equals), arg.substring(equals + 1));
            } else {
                problems.add(arg, "", ARGUMENTS, "--config FILE or --key=value");
            }
        }
    }

    private void takeArgument(String key, String value) {
        if (!key.equals("config")) {
            take(key, value, ARGUMENTS);
        }
    }

    private void take(String key, String value, String source) {
        if (KEYS.contains(key)) {
            given.put(key, new Given(value, source));
        } else {
            problems.add(key, value, source, "unknown key; known are " + String.join(", ", KEYS));
        }
    }

    private BrokerSettings settings() {
        String host = host("listen.host", BrokerSettings.DEFAULT_HOST);
        return new BrokerSettings(
                stateDir(), host, port(), strict(), host("advertised.host", isWildcard(host) ? "localhost" : host));
    }

    private Path stateDir() {
        Given dir = given.get("state-dir");
        if (dir == null || dir.value().isEmpty()) {
            problems.add("state-dir", "", dir == null ? "nowhere" : dir.source(), "a directory for the broker's data");
            return Path.of("");
        }
        return Path.of(dir.value()).toAbsolutePath().normalize();
    }

    private String host(String key, String otherwise) {
        Given host = given.getOrDefault(key, new Given(otherwise, "default"));
        if (!host.value().matches("[A-Za-z0-9.:_-]{1,253}")) {
            problems.add(key, host.value(), host.source(), "an address (IPv6 without brackets) or a host name");
        } else if (key.equals("advertised.host") && isWildcard(host.value())) {
            problems.add(key, host.value(), host.source(), "what clients dial; a wildcard address cannot be dialled");
        }
        return host.value();
    }

    private int port() {
        Given port = given.getOrDefault("listen.port", new Given("" + BrokerSettings.DEFAULT_PORT, "default"));
        if (!port.value().matches("[0-9]{1,5}") || Integer.parseInt(port.value()) > 65535) {
            problems.add("listen.port", port.value(), port.source(), "expected 1 to 65535, or 0 for any free port");
            return 0;
        }
        return Integer.parseInt(port.value());
    }

    private boolean strict() {
        Given strict = given.getOrDefault("listen.strict", new Given("false", "default"));
        if (!List.of("true", "false").contains(strict.value())) {
            problems.add("listen.strict", strict.value(), strict.source(), "expected true or false");
        }
        return strict.value().equals("true");
    }

    private static boolean isWildcard(String host) {
        return host.equals("0.0.0.0") || host.equals("::");
    }
}
