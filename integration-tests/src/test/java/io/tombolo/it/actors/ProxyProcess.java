package io.tombolo.it.actors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tombolo.cli.program.Program;
import io.tombolo.cli.program.Settings;
import java.nio.file.Path;
import java.util.List;

/** A gateway or sidecar process that can be killed and started again where it was. */
public final class ProxyProcess implements AutoCloseable {
    private final String name;
    private final Program program;
    private final Settings settings;
    private final Path state;
    private final String[] rest;
    private RunningProgram process;
    private JsonNode ready = MissingNode.getInstance();

    ProxyProcess(String name, Program program, Settings settings, Path state, List<String> rest) {
        this.name = name;
        this.program = program;
        this.settings = settings;
        this.state = state;
        this.rest = rest.toArray(String[]::new);
        this.process = RunningProgram.start(name, program, settings, this.rest);
    }

    ProxyProcess awaitReady() {
        ready = Cluster.ready(process, state);
        return this;
    }

    /** What it said when it was ready: ports, instance. */
    public JsonNode ready() {
        return ready;
    }

    public RunningProgram process() {
        return process;
    }

    public Path state() {
        return state;
    }

    /** SIGKILL; a ready file that it leaves behind is removed, as a supervisor would. */
    public void kill() {
        process.kill();
        state.resolve("ready.json").toFile().delete();
    }

    /** SIGTERM. @return the exit code */
    public int stop() {
        return process.stop();
    }

    /** Starts it again with what it had, and waits until it is ready. */
    public void startAgain() {
        process = RunningProgram.start(name, program, settings, rest);
        awaitReady();
    }

    @Override
    public void close() {
        process.close();
    }
}
