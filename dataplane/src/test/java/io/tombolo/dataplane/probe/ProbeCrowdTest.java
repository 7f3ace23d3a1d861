package io.tombolo.dataplane.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.Future;
import io.tombolo.dataplane.accept.AcceptLimits;
import io.tombolo.dataplane.accept.Acceptor;
import io.tombolo.dataplane.feed.CurrentConfig;
import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.dataplane.fixture.Configs;
import io.tombolo.dataplane.fixture.TestCluster;
import io.tombolo.dataplane.identity.LivePeers;
import io.tombolo.dataplane.loop.Loops;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.dataplane.tls.MeshTls;
import io.tombolo.dataplane.tls.TlsEngine;
import io.tombolo.dataplane.upstream.Dialer;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.MemberState;
import io.tombolo.model.catalog.PathHealth.State;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.Sni;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.trustbundle.svid.Svid;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More sidecars than a gateway keeps probes of. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ProbeCrowdTest {
    private static final TestCluster EAST = new TestCluster("east");
    private static final TestCluster WEST = new TestCluster("west");
    private static final InstanceId GATEWAY = InstanceId.of(7);
    private static final ProbeSettings QUICK = new ProbeSettings(
            Duration.ofMillis(100), 3, Duration.ofMinutes(1), Duration.ofSeconds(2), Duration.ofMillis(200), 2);

    private final Loops loops = Loops.open(2);
    private final CurrentConfig config = new CurrentConfig();
    private final Metrics metrics = new Metrics();
    private final ProbeAnswerer answerer = new ProbeAnswerer(tls(WEST.gateway(GATEWAY)), () -> false, metrics, 1);
    private final Acceptor acceptor = new Acceptor(loops, AcceptLimits.DEFAULT, metrics, accepted -> {
        accepted.pending().giveBack();
        answerer.take(accepted.channel());
    });
    private final ProbeTarget target;

    ProbeCrowdTest() {
        config.swap(ProxyConfig.of(
                1,
                List.of(
                        Configs.own(WEST, Optional.empty()),
                        Configs.member(EAST, MemberState.ADMITTED),
                        Configs.member(WEST, MemberState.ADMITTED),
                        Configs.bundle(EAST),
                        Configs.bundle(WEST))));
        int port = acceptor.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), false)
                .getPort();
        target = new ProbeTarget(
                WEST.id(),
                GATEWAY,
                List.of(new HostPort("127.0.0.1", port)),
                Set.of(GATEWAY),
                SpiffeId.gateway(WEST.trustDomain()),
                TestCluster.FEDERATION,
                Optional.empty());
    }

    @AfterEach
    void end() {
        acceptor.stopAccepting();
        acceptor.closeConnections();
        loops.close();
    }

    private MeshTls tls(Svid svid) {
        return new MeshTls(
                () -> svid,
                () -> config.get().bundles(),
                InstantSource.system(),
                TlsEngine.best(),
                Duration.ofSeconds(2));
    }

    private BlockingQueue<State> measuring(Svid who, List<Probes> open) {
        var states = new LinkedBlockingQueue<State>();
        var probes = new Probes(
                loops,
                tls(who),
                QUICK,
                new Metrics(),
                (before, after) -> states.add(after.health().state()));
        open.add(probes);
        probes.measure(List.of(target));
        return states;
    }

    @Test
    void sidecarsBeyondTheLimitGoAndTakeNoPlaceFromAGateway() throws Exception {
        var open = new java.util.ArrayList<Probes>();
        try {
            // Given
            assertThat(measuring(EAST.workload("one"), open).take()).isEqualTo(State.UP);
            // When
            State second = measuring(EAST.workload("two"), open).take();
            State gateway = measuring(EAST.gateway(InstanceId.of(8)), open).take();
            // Then
            assertThat(second).isEqualTo(State.DOWN);
            assertThat(gateway).isEqualTo(State.UP);
            assertThat(metrics.fault(Fault.TOO_MANY_CONNECTIONS).value()).isPositive();
            // Then: whoever only wants to know whether the path works again is told by the handshake
            var dialer = new Dialer(
                    loops.apart(),
                    tls(EAST.workload("three")),
                    new LivePeers(config, new Metrics()),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(2));
            Future<Long> asked = dialer.probe(
                    loops.next(),
                    target.addresses().getFirst(),
                    new Sni.Probe(GATEWAY, WEST.id(), TestCluster.FEDERATION),
                    target.gatewayId(),
                    target.answering());
            assertThat(asked.get(10, TimeUnit.SECONDS)).isPositive();
        } finally {
            open.forEach(Probes::close);
        }
    }
}
