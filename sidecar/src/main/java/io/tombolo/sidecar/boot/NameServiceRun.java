package io.tombolo.sidecar.boot;

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

/** The life of the program where it answers for names for a whole cluster: start, say so, wait. */
@Singleton
public class NameServiceRun implements QuarkusApplication {
    private final Vertx vertx;
    private volatile Optional<NameService> running = Optional.empty();

    @Inject
    NameServiceRun(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public int run(String... args) {
        Settings settings = SidecarProgram.STARTUP.settings();
        try {
            ReadyFile ready = ReadyFile.in("sidecar", settings.stateDir());
            var service = new NameService(settings, settings.forCluster().orElseThrow(), Loops.of(vertx));
            running = Optional.of(service);
            service.start();
            announce(ready, service);
            Quarkus.waitForExit();
            ready.remove();
            return 0;
        } catch (TomboloException refused) {
            System.err.println(refused.getMessage());
            return Startup.exitCode(refused);
        }
    }

    /** Runs before Quarkus closes the event loops, and holds the end of the process until nobody is led here. */
    void stop(@Observes ShutdownEvent end) {
        running.ifPresent(service -> {
            service.drain().join();
            service.stop();
        });
    }

    private static void announce(ReadyFile ready, NameService service) {
        var ports = new LinkedHashMap<String, Integer>();
        ports.put("dnsPort", service.dnsPort());
        ports.put("adminPort", service.adminPort());
        service.healthPort().ifPresent(port -> ports.put("healthPort", port));
        var announcement = new Announcement("sidecar", service.identity(), ports);
        ready.write(announcement);
        System.err.println(announcement.line());
    }
}
