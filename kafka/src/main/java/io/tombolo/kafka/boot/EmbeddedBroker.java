package io.tombolo.kafka.boot;

import io.tombolo.kafka.broker.RunningBroker;
import io.tombolo.kafka.identity.BackboneIdentities;
import io.tombolo.kafka.identity.BrokerIdentity;
import io.tombolo.kafka.setting.BrokerSettings;
import io.tombolo.kafka.setting.SettingsReader;
import io.tombolo.kafka.state.ListeningPort;
import io.tombolo.kafka.state.StateDirectory;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** The embedded backbone. Ends with 0 after a signal, 2 for settings that cannot be used, 1 for anything else. */
public final class EmbeddedBroker {
    private static final Duration STOP_LIMIT = Duration.ofMillis(4_500);

    private final BrokerSettings settings;
    private final StateDirectory state;
    private volatile boolean isEnding;
    private volatile int exitCode;

    private EmbeddedBroker(BrokerSettings settings, StateDirectory state) {
        this.settings = settings;
        this.state = state;
    }

    public static void main(String... args) {
        ShortLog.install();
        try {
            BrokerSettings settings = SettingsReader.read(args);
            new EmbeddedBroker(settings, StateDirectory.take(settings.stateDir())).run();
        } catch (TomboloException e) {
            System.err.println(e.getMessage());
            Runtime.getRuntime().halt(e.fault().kind() == Fault.Kind.INPUT ? 2 : 1);
        } catch (RuntimeException | IOException e) {
            System.err.println(Fault.INTERNAL.code() + " the broker could not start: " + e);
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private void run() throws IOException {
        int port = ListeningPort.choose(settings, state, System.err::println);
        BackboneIdentities identities = BackboneIdentities.ensure(state, Instant.now());
        BrokerIdentity identity = identities.broker(settings, Instant.now());
        RunningBroker.onFatal(this::failed);
        RunningBroker broker = RunningBroker.start(settings, state, identity, port);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> end(broker)));
        ListeningPort.remember(settings, state, port);
        announce(identities, port);
        CertificateWatch.start(identities, identity);
        broker.awaitEnd();
        if (!isEnding) {
            failed("Kafka stopped by itself; see above");
        }
    }

    /** For what Kafka itself calls fatal. Ends through the hook, which then does not report success. */
    private void failed(String why) {
        System.err.println(why);
        exitCode = 1;
        Runtime.getRuntime().exit(1);
    }

    private void announce(BackboneIdentities identities, int port) throws IOException {
        String host = settings.advertisedHost();
        String bootstrap = (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        identities.describe(bootstrap);
        state.ready(bootstrap);
        System.out.println("backbone ready bootstrap=" + bootstrap);
        System.out.flush();
    }

    /** The hook: whatever is still open at the limit is left to the recovery of the next start. */
    private void end(RunningBroker broker) {
        isEnding = true;
        try {
            if (!broker.stop(STOP_LIMIT)) {
                System.err.println(
                        "the broker was not closed within " + STOP_LIMIT + "; its log recovers at next start");
            }
            state.close();
        } catch (IOException | InterruptedException e) {
            System.err.println("the broker was not closed in order: " + e);
        }
        Runtime.getRuntime().halt(exitCode);
    }
}
