package io.tombolo.controller.boot;

import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.controller.join.OwnReplica;
import io.tombolo.controller.kube.KubeSettings;
import io.tombolo.controller.kube.LeaderLease;
import io.tombolo.controller.kube.LeaderRecord;
import io.tombolo.controller.replica.Forwarder;
import io.tombolo.controller.replica.KeysOfReplica;
import io.tombolo.controller.replica.Leader;
import io.tombolo.controller.replica.Places;
import io.tombolo.controller.replica.ReplicaSettings;
import io.tombolo.controller.replica.Standby;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One of two replicas, from its start until it leads. */
final class ReplicaStart {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicaStart.class);

    private final Settings settings;
    private final ReplicaSettings own;

    private ReplicaStart(Settings settings, ReplicaSettings own) {
        this.settings = settings;
        this.own = own;
    }

    /** Blocks until this replica leads, which it may at once. */
    static Leader untilItLeads(Settings settings, ReplicaSettings own) throws InterruptedException {
        return new ReplicaStart(settings, own).run();
    }

    private Leader run() throws InterruptedException {
        KubeSettings api = settings.kubernetes().orElseThrow();
        var record = new LeaderLease(api, api.namespace().orElseThrow());
        LeaderRecord.Held held;
        try (StateDirectory state = StateDirectory.take(settings.stateDir());
                var forwarder = new Forwarder(ports(), own.maxForwarded())) {
            var keys = (Standby.Keys)
                    pin -> new KeysOfReplica(new OwnReplica(state, own.name(), pin), InstantSource.system());
            held = new Standby(own, record, state.root(), keys, forwarder).untilItLeads();
        }
        return new Leader(
                        own, record, held, settings.stateDir().toAbsolutePath().normalize(), ReplicaStart::end)
                .start();
    }

    /** Of what others than this pod reach. */
    private Map<String, InetSocketAddress> ports() {
        Map<String, InetSocketAddress> ports = new HashMap<>();
        Stream.concat(
                        Stream.of(settings.proxies(), settings.enrolment(), settings.api()),
                        settings.injection().map(Settings.Injecting::listen).stream())
                .filter(listen -> !(listen.name().equals(Places.API) && Reach.isLoopback(listen.host())))
                .forEach(listen -> ports.put(listen.name(), address(listen)));
        return ports;
    }

    private InetSocketAddress address(Settings.Listen wanted) {
        Settings.Listen chosen = FreePort.release(FreePort.choose(wanted, settings.autoPorts()));
        return new InetSocketAddress(chosen.host(), chosen.port());
    }

    /** Nothing may be written any more, so nothing is done in order; the next start stands by. */
    private static void end() {
        LOG.error("this replica ends: another one leads");
        Runtime.getRuntime().halt(1);
    }
}
