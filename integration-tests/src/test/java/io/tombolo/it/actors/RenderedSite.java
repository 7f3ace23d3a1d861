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
        run(List.of("sh", Terminal.checkout().resolve("deploy/archive.sh").toString(), archive.toString()));
        return Files.readString(Path.of(archive + ".sha256")).substring(0, 64);
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
            said.append(run(line));
        }
        return said.toString();
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        Path output = dir.resolve("boot.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(dir.toFile())
                .redirectErrorStream(true)
                .redirectInput(new java.io.File("/dev/null"))
                .redirectOutput(output.toFile());
        builder.environment().put("PATH", dir.resolve("machine") + ":" + System.getenv("PATH"));
        builder.environment().put("TOMBOLO_JAVA_HOME", System.getProperty("java.home"));
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
