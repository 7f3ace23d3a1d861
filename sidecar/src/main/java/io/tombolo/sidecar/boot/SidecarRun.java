package io.tombolo.sidecar.boot;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.ShutdownEvent;
import io.tombolo.dataplane.app.ChildProcess;
import io.tombolo.dataplane.loop.Loops;
import io.tombolo.dataplane.program.Announcement;
import io.tombolo.dataplane.program.LeaveFile;
import io.tombolo.dataplane.program.ReadyFile;
import io.tombolo.dataplane.program.Startup;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import sun.misc.Signal;

/** The life of the program inside Quarkus: start, run the application, wait, drain. */
@Singleton
public class SidecarRun implements QuarkusApplication {
    private static final long CONFIG_MILLIS = 10_000;
    private static final Duration CHILD_GRACE = Duration.ofSeconds(5);
    private static final int NOT_FOUND = 127;
    private static final int TERM = 15;

    private final Vertx vertx;
    private final AtomicBoolean leaving = new AtomicBoolean();
    private volatile Optional<Sidecar> running = Optional.empty();
    private volatile Optional<ChildProcess> child = Optional.empty();

    @Inject
    SidecarRun(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public int run(String... args) {
        Settings settings = SidecarProgram.STARTUP.settings();
        try {
            ReadyFile ready = ReadyFile.in("sidecar", settings.stateDir());
            int code;
            try (LeaveFile wish = LeaveFile.in(settings.stateDir())) {
                code = serve(settings, ready, wish, List.of(args));
            }
            ready.remove();
            if (settings.ephemeral()) {
                leave();
                ready.removeDirectory();
            }
            return code;
        } catch (TomboloException refused) {
            System.err.println(refused.getMessage());
            return refused.fault() == Fault.PROGRAM_FAILED ? NOT_FOUND : Startup.exitCode(refused);
        }
    }

    private int serve(Settings settings, ReadyFile ready, LeaveFile wish, List<String> command) {
        var sidecar = new Sidecar(settings, Loops.of(vertx), !command.isEmpty());
        running = Optional.of(sidecar);
        sidecar.start();
        // Nobody calls in any more then; what the application asks of others goes on.
        wish.watch(sidecar::drain);
        if (sidecar.awaitConfig(CONFIG_MILLIS)) {
            ready.configured();
        } else {
            System.err.println("sidecar: no configuration from the controller yet; starting all the same");
            Thread.ofVirtual().name("first-configuration").start(() -> awaitFirst(sidecar, ready));
        }
        sidecar.appReady().thenRun(() -> announce(ready, sidecar));
        if (command.isEmpty()) {
            Quarkus.waitForExit();
            return 0;
        }
        ChildProcess program = ChildProcess.start(command, sidecar.environment());
        child = Optional.of(program);
        passSignalsOn(settings, program);
        return program.ended().join();
    }

    /** From now on a signal is the program's business, and its end is ours. */
    private void passSignalsOn(Settings settings, ChildProcess program) {
        for (String name : List.of("INT", "HUP", "USR2")) {
            handle(name, signal -> program.signal(signal));
        }
        handle("TERM", signal -> {
            if (settings.served().isPresent()) {
                running.ifPresent(sidecar -> sidecar.drain().thenRun(() -> program.signal(TERM)));
            } else {
                program.signal(signal);
            }
        });
    }

    private static void handle(String name, IntConsumer then) {
        try {
            Signal.handle(new Signal(name), signal -> then.accept(signal.getNumber()));
        } catch (IllegalArgumentException notHere) {
            System.err.println("sidecar: signal " + name + " cannot be passed on here");
        }
    }

    /** Runs before Quarkus closes the event loops, and holds the end of the process until the drain is over. */
    void stop(@Observes ShutdownEvent end) {
        leave();
    }

    private void leave() {
        if (leaving.compareAndSet(false, true)) {
            running.ifPresent(sidecar -> {
                boolean appGone = child.isPresent() && !child.get().isAlive();
                if (!appGone) {
                    sidecar.drain().join();
                }
                child.ifPresent(program -> program.terminate(CHILD_GRACE));
                sidecar.stop();
            });
        }
    }

    private void awaitFirst(Sidecar sidecar, ReadyFile ready) {
        while (!leaving.get()) {
            if (sidecar.awaitConfig(CONFIG_MILLIS)) {
                ready.configured();
                return;
            }
        }
    }

    private static void announce(ReadyFile ready, Sidecar sidecar) {
        var ports = new LinkedHashMap<String, Integer>();
        sidecar.inboundPort().ifPresent(port -> ports.put("inboundPort", port));
        ports.put("outboundPort", sidecar.proxyPort());
        sidecar.transparentPort().ifPresent(port -> ports.put("transparentPort", port));
        sidecar.dnsPort().ifPresent(port -> ports.put("dnsPort", port));
        ports.put("adminPort", sidecar.adminPort());
        var announcement = new Announcement("sidecar", sidecar.identity(), ports);
        ready.write(announcement);
        System.err.println(announcement.line());
    }
}
