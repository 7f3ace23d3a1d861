package io.tombolo.it.actors;

import io.tombolo.cli.program.Program;
import io.tombolo.cli.program.Settings;
import io.tombolo.controller.backbone.AdminAccess;
import io.tombolo.controller.backbone.BackboneConnection;
import io.tombolo.controller.backbone.ConnectionFile;
import io.tombolo.trustbundle.key.P256Key;
import io.tombolo.trustbundle.tls.CertifiedKey;
import io.tombolo.trustbundle.x509.BackboneAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/**
 * The embedded Kafka as a process of its own, on a free port, with its state in a temporary directory that goes with it.
 * It can be killed and started again: same port, same state.
 */
public final class Backbone implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String name = "backbone-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
    private final Path stateDir;
    private RunningProgram program;

    private Backbone(Path stateDir) {
        this.stateDir = stateDir;
        this.program = run(name, stateDir);
    }

    /** Starts one and waits until it answers. Skips the test, with the reason, if the broker was not built. */
    public static Backbone start() {
        var backbone = begin();
        backbone.awaitReady();
        return backbone;
    }

    /** The same, not waited for: to be used after {@link #awaitReady}. */
    static Backbone begin() {
        Path jars = Path.of(System.getProperty("tombolo.home", ".."), "kafka/target/app/lib");
        Assumptions.assumeTrue(Files.isDirectory(jars), () -> "no broker in " + jars + "; build module kafka first");
        return new Backbone(Scratch.directory("backbone"));
    }

    private static RunningProgram run(String name, Path stateDir) {
        return RunningProgram.start(
                name, Program.KAFKA, new Settings("").put("state-dir", stateDir).put("listen.port", 0));
    }

    /** Waits until it answers, or has done so since it was started. */
    void awaitReady() {
        String line = program.awaitLine(text -> text.startsWith("backbone ready bootstrap="));
        assert line.endsWith(access().connection().bootstrapServers().getFirst());
    }

    /** {@code 127.0.0.1:PORT}. */
    public String bootstrap() {
        return access().connection().bootstrapServers().getFirst();
    }

    /** For {@code init --backbone}. */
    public Path connectionFile() {
        return stateDir.resolve("admin/connection.properties");
    }

    public Path stateDir() {
        return stateDir;
    }

    /** The administrator's connection and the CA. */
    public AdminAccess access() {
        return ConnectionFile.read(connectionFile());
    }

    /** A connection of somebody with a certificate of the backbone's CA in the name of {@code principal}. */
    public BackboneConnection as(String principal) {
        return as(principal, access().authority().orElseThrow());
    }

    /** A connection of somebody with a certificate of any CA. */
    public BackboneConnection as(String principal, BackboneAuthority authority) {
        P256Key key = P256Key.generate();
        var credential = new CertifiedKey(
                authority.issueClient(key.publicKey(), principal, Instant.now(), Duration.ofHours(1)),
                key.privateKey());
        return access().connection().as(() -> credential);
    }

    /** SIGKILL. */
    public void kill() {
        program.kill();
    }

    /** SIGTERM. @return the exit code */
    public int stop() {
        return program.stop();
    }

    /** Starts it again where it was, and waits until it answers. */
    public void startAgain() {
        program = run(name, stateDir);
        awaitReady();
    }

    /** A second process on the same directory, not waited for. */
    public RunningProgram startBeside() {
        return run(name + "-second", stateDir);
    }

    @Override
    public void close() {
        program.close();
        Directories.delete(stateDir);
    }
}
