package io.tombolo.controller.boot;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.tombolo.controller.replica.Leader;
import io.tombolo.controller.replica.Mark;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.security.Security;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The program {@code federation-controller}. Ends with 2 for settings that cannot be used, 1 for anything else. */
@QuarkusMain
public final class ControllerProgram {
    private static volatile @Nullable Controller controller;

    private ControllerProgram() {}

    public static void main(String... args) {
        try {
            restrictTls();
            Settings settings = SettingsReader.read();
            Optional<Leader> leader = lead(settings);
            Controller built = Assembly.build(settings, leader);
            controller = built;
            built.start();
            Assembly.configureApi(built);
            Quarkus.run(ControllerRun.class, args);
        } catch (TomboloException e) {
            System.err.println(e.getMessage());
            Runtime.getRuntime().halt(e.fault().kind() == Fault.Kind.INPUT ? 2 : 1);
        }
    }

    /** Where there are two replicas, this one stands by until it leads. */
    private static Optional<Leader> lead(Settings settings) {
        if (settings.replica().isEmpty()) {
            Mark.requireOwn(settings.stateDir().toAbsolutePath());
            return Optional.empty();
        }
        try {
            return Optional.of(
                    ReplicaStart.untilItLeads(settings, settings.replica().get()));
        } catch (InterruptedException stopped) {
            throw new IllegalStateException("nobody interrupts the main thread", stopped);
        }
    }

    /**
     * TLS 1.3 of the JDK only, in the whole process, and no session tickets: a channel binding needs the JDK's engine, and a
     * resumed session would skip verification.
     */
    private static void restrictTls() {
        System.setProperty("io.netty.handler.ssl.noOpenSsl", "true");
        System.setProperty("jdk.tls.server.newSessionTicketCount", "0");
        String disabled = Security.getProperty("jdk.tls.disabledAlgorithms");
        Security.setProperty("jdk.tls.disabledAlgorithms", disabled + ", TLSv1.2");
    }

    /** The controller of this process; there once main has built it. */
    static Controller controller() {
        return Objects.requireNonNull(controller, "the rooms are built before Quarkus starts");
    }
}
