package io.tombolo.kafka.broker;

import io.tombolo.kafka.identity.BrokerIdentity;
import io.tombolo.kafka.setting.BrokerSettings;
import io.tombolo.kafka.state.ListeningPort;
import io.tombolo.kafka.state.StateDirectory;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.time.Duration;
import java.util.function.Consumer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;

/** The node, serving. */
public final class RunningBroker {
    private final KafkaRaftServer server;

    private RunningBroker(KafkaRaftServer server) {
        this.server = server;
    }

    /**
     * Formats the data directory if it is new and starts the node; returns when it answers clients, 2 to 5 s later.
     * @param port what {@link ListeningPort#choose} gave
     * @throws TomboloException {@link Fault#BACKBONE_FORMAT_FAILED}, {@link Fault#BACKBONE_START_FAILED}
     */
    public static RunningBroker start(
            BrokerSettings settings, StateDirectory state, BrokerIdentity identity, int port) {
        StorageFormat.ensure(state.data());
        try {
            var server = new KafkaRaftServer(
                    KafkaConfig.fromProps(BrokerProperties.of(
                            settings, state.data(), identity, port, ListeningPort.anyFree("127.0.0.1"))),
                    Time.SYSTEM);
            server.startup();
            return new RunningBroker(server);
        } catch (RuntimeException e) { // Kafka throws many sorts, for damage, full disks and taken ports alike
            throw new TomboloException(
                    Fault.BACKBONE_START_FAILED,
                    "Kafka in " + state.data() + " at port " + port,
                    String.valueOf(e.getMessage()),
                    "free the port or the disk, or restore the directory from a backup",
                    e);
        }
    }

    /** @param ending told why, instead of Kafka ending the process by itself without a word; must end it */
    public static void onFatal(Consumer<String> ending) {
        Exit.setExitProcedure((status, why) -> ending.accept("Kafka gives up with " + status + ": " + why));
    }

    /** Returns when the node has ended, for whatever reason. */
    public void awaitEnd() {
        server.awaitShutdown();
    }

    /**
     * Closes log and sockets in order.
     * @param limit how long that may take; what is not closed by then is recovered by the next start
     * @return whether it was done in time
     */
    public boolean stop(Duration limit) throws InterruptedException {
        Thread closing = Thread.ofPlatform().daemon().name("broker-shutdown").start(server::shutdown);
        return closing.join(limit);
    }
}
