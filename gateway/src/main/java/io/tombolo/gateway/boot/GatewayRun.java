package io.tombolo.gateway.boot;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.ShutdownEvent;
import io.tombolo.dataplane.loop.Loops;
import io.tombolo.dataplane.program.Announcement;
import io.tombolo.dataplane.program.ReadyFile;
import io.tombolo.dataplane.program.Startup;
import io.tombolo.model.fault.TomboloException;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Optional;

/** The life of the program inside Quarkus: start, say so, wait, drain. */
@Singleton
public class GatewayRun implements QuarkusApplication {
    private final Vertx vertx;
    private volatile Optional<Gateway> running = Optional.empty();

    @Inject
    GatewayRun(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public int run(String... args) {
        Settings settings = GatewayProgram.STARTUP.settings();
        try {
            ReadyFile ready = ReadyFile.in("gateway", settings.stateDir());
            var gateway = new Gateway(settings, Loops.of(vertx), Quarkus::asyncExit);
            running = Optional.of(gateway);
            gateway.start();
            announce(ready, gateway);
            Quarkus.waitForExit();
            ready.remove();
            return 0;
        } catch (TomboloException refused) {
            System.err.println(refused.getMessage());
            return Startup.exitCode(refused);
        }
    }

    /** Runs before Quarkus closes the event loops, and holds the end of the process until the drain is over. */
    void stop(@Observes ShutdownEvent end) {
        running.ifPresent(gateway -> {
            gateway.drain().join();
            gateway.stop();
        });
    }

    private static void announce(ReadyFile ready, Gateway gateway) {
        var ports = new LinkedHashMap<String, Integer>();
        ports.put("port", gateway.port());
        ports.put("adminPort", gateway.adminPort());
        gateway.healthPort().ifPresent(port -> ports.put("healthPort", port));
        var announcement = new Announcement("gateway", gateway.identity(), ports);
        ready.write(announcement);
        System.out.println(announcement.line());
        System.out.flush();
    }
}
