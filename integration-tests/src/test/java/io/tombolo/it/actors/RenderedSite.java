package io.tombolo.it.actors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tombolo.trustbundle.key.SecretFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A machine that does what a cloud-init document says, in a directory of its own, without systemd. Closing ends its programs. */
public final class RenderedSite implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 120;

    private final Path dir;
    private final String cluster;

    public RenderedSite(Path dir, String cluster) throws IOException {
        this.dir = dir;
        this.cluster = cluster;
        Path systemctl = Files.createDirectories(dir.resolve("machine")).resolve("systemctl");
        try (InputStream script = Objects.requireNonNull(RenderedSite.class.getResourceAsStream("systemctl.sh"))) {
            Files.write(systemctl, script.readAllBytes());
        }
        if (!systemctl.toFile().setExecutable(true)) {
            throw new IOException(systemctl + " cannot be made executable");
        }
    }

    /** Of the machine's own paths. */
    public Path path(String name) {
        return dir.resolve("machine").resolve(name);
    }

    /** The release, as {@code deploy/archive.sh} makes it. @return its SHA-256 */
    public String archives(Path archive) throws IOException, InterruptedException {
        run(List.of("sh", Terminal.checkout().resolve("deploy/archive.sh").toString(), archive.toString()), dir);
        return Files.readString(Path.of(archive + ".sha256")).substring(0, 64);
    }

    /** A release as small as it can be: its command is the checkout's. @return its SHA-256 */
    public String archivesTheCommand(Path archive) throws IOException, InterruptedException {
        run(List.of("tar", "-cf", archive.toString(), "."), release());
        return run(List.of("sha256sum", archive.toString()), dir).substring(0, 64);
    }

    private Path release() throws IOException, InterruptedException {
        Path release = Files.createDirectories(dir.resolve("release"));
        run(List.of("cp", "-R", Terminal.checkout().resolve("deploy").toString(), "."), release);
        Path command = Files.writeString(
                release.resolve("tombolo"),
                "#!/bin/sh\nexec '" + Terminal.checkout().resolve("tombolo") + "' \"$@\"\n");
        if (!command.toFile().setExecutable(true)) {
            throw new IOException(command + " cannot be made executable");
        }
        return release;
    }

    /** Installs a release, and starts nothing. */
    public void installs() throws IOException, InterruptedException {
        var line = new ArrayList<>(List.of("env", "TOMBOLO_USER=" + System.getProperty("user.name")));
        for (String place : List.of("home", "config", "state", "units")) {
            line.add("TOMBOLO_" + place.toUpperCase(Locale.ROOT) + "=" + path(place));
        }
        line.addAll(List.of("sh", release().resolve("deploy/install.sh").toString()));
        run(line, dir);
    }

    /** Lays a token to join with where the site reads it. */
    public void gets(String token) {
        SecretFile.write(path("join.token"), (token + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** Boots: writes the document's files, and runs its commands. @return what they printed */
    public String boots(String userData) throws IOException, InterruptedException {
        JsonNode document = new YAMLMapper().readTree(userData);
        for (JsonNode file : document.path("write_files")) {
            Path path = Path.of(file.path("path").asText());
            Files.createDirectories(Objects.requireNonNull(path.getParent()));
            Files.writeString(path, file.path("content").asText());
        }
        var said = new StringBuilder();
        for (JsonNode command : document.path("runcmd")) {
            var line = new ArrayList<String>();
            command.forEach(word -> line.add(word.asText()));
            said.append(run(line, dir));
        }
        return said.toString();
    }

    /** Whether its boot printed this by now. */
    public boolean says(String text) throws IOException {
        return Files.exists(dir.resolve("boot.log"))
                && Files.readString(dir.resolve("boot.log")).contains(text);
    }

    /** What a unit that was installed says of a key. */
    public String unit(String name, String key) throws IOException {
        return Files.readAllLines(path("units").resolve(name)).stream()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1))
                .findFirst()
                .orElseThrow();
    }

    /** What systemd has against the units that were installed. */
    public List<String> systemdRefuses() throws IOException, InterruptedException {
        try (var units = Files.list(path("units"))) {
            var line = new ArrayList<>(List.of("systemd-analyze", "verify", "--man=no"));
            units.map(Path::toString).sorted().forEach(line::add);
            return run(line, dir)
                    .lines()
                    .filter(said -> said.contains(path("units").toString()))
                    .toList();
        }
    }

    private String run(List<String> command, Path directory) throws IOException, InterruptedException {
        Path output = dir.resolve("boot.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(new java.io.File("/dev/null"))
                .redirectOutput(output.toFile());
        builder.environment().put("PATH", dir.resolve("machine") + ":" + System.getenv("PATH"));
        builder.environment().put("TOMBOLO_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("TOMBOLO_RETRY_SECONDS", "1");
        Process process = builder.start();
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        process.descendants().filter(_ -> !ended).forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        String said = Files.readString(output);
        if (!ended || process.exitValue() != 0) {
            throw new AssertionError(command + " failed:\n" + said);
        }
        return said;
    }

    /** Its operator, once its controller was ready. */
    public Operator operator() {
        return new Operator(path("state/contexts.yaml"), cluster);
    }

    /** Units whose programs run. */
    public List<String> running() throws IOException {
        try (var pids = Files.list(path("run"))) {
            return pids.filter(file -> file.toString().endsWith(".pid"))
                    .filter(file -> process(file).isPresent())
                    .map(file -> file.getFileName().toString().replace(".pid", ""))
                    .sorted()
                    .toList();
        }
    }

    /** What a unit's program printed. */
    public String log(String unit) throws IOException {
        return Files.readString(path("run").resolve(unit + ".log"));
    }

    private static Optional<ProcessHandle> process(Path file) {
        try {
            return ProcessHandle.of(Long.parseLong(Files.readString(file).strip()))
                    .filter(ProcessHandle::isAlive);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether any file of its configuration and state, or any log, has it. */
    public boolean keeps(Pattern text) throws IOException {
        for (String place : List.of("config", "state", "run")) {
            try (var files = Files.walk(path(place))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    if (text.matcher(Files.readString(file, StandardCharsets.ISO_8859_1))
                            .find()) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** The power goes. */
    public void losesPower() throws IOException {
        if (!Files.isDirectory(path("run"))) {
            return;
        }
        try (var pids = Files.list(path("run"))) {
            pids.filter(file -> file.toString().endsWith(".pid"))
                    .flatMap(file -> process(file).stream())
                    .forEach(one -> {
                        one.descendants().forEach(ProcessHandle::destroyForcibly);
                        one.destroyForcibly();
                        one.onExit().join();
                    });
        }
    }

    @Override
    public void close() throws IOException {
        losesPower();
    }
}
