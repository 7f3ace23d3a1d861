package io.tombolo.kafka.broker;

import io.tombolo.kafka.identity.BrokerIdentity;
import io.tombolo.kafka.setting.BrokerSettings;
import io.tombolo.kafka.state.ListeningPort;
import io.tombolo.kafka.state.StateDirectory;
import java.time.Duration;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
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
     */
    public static RunningBroker start(
            BrokerSettings settings, StateDirectory state, BrokerIdentity identity, int port) {
        StorageFormat.ensure(state.data());
        var server = new KafkaRaftServer(
                KafkaConfig.fromProps(BrokerProperties.of(
                        settings, state.data(), identity, port, ListeningPort.anyFree("127.0.0.1"))),
                Time.SYSTEM);
        server.startup();
        return new RunningBroker(server);
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
