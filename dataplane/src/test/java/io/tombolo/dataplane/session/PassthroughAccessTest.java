package io.tombolo.dataplane.session;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tombolo.dataplane.accept.AcceptLimits;
import io.tombolo.dataplane.accept.Acceptor;
import io.tombolo.dataplane.accesslog.AccessLog;
import io.tombolo.dataplane.accesslog.AccessLogSettings;
import io.tombolo.dataplane.accesslog.Party;
import io.tombolo.dataplane.feed.CurrentConfig;
import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.dataplane.fixture.Configs;
import io.tombolo.dataplane.fixture.Far;
import io.tombolo.dataplane.fixture.Hellos;
import io.tombolo.dataplane.fixture.Terminating;
import io.tombolo.dataplane.fixture.TestCluster;
import io.tombolo.dataplane.loop.Loops;
import io.tombolo.dataplane.metrics.Counter;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.dataplane.probe.ProbeAnswerer;
import io.tombolo.dataplane.tls.MeshTls;
import io.tombolo.dataplane.tls.TlsEngine;
import io.tombolo.dataplane.upstream.AddressDialer;
import io.tombolo.dataplane.upstream.DialLimits;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.name.Sni;
import io.tombolo.trustbundle.svid.Svid;
import io.tombolo.wire.codec.FeedEntry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a gateway, which looks into nothing, writes of a connection. */
class PassthroughAccessTest {
    private static final TestCluster WEST = new TestCluster("west");
    private static final InstanceId SELF = InstanceId.of(99);
    private static final Sni.Service NAME =
            Sni.Service.any(new ServicePort(Configs.CHECKOUT, 80), WEST.id(), TestCluster.FEDERATION);

    private final Loops loops = Loops.open(1);
    private final CurrentConfig config = new CurrentConfig();
    private final Metrics metrics = new Metrics();

    @TempDir
    private Path home;

    private AccessLog log = AccessLog.off();
    private Acceptor acceptor = new Acceptor(loops, AcceptLimits.DEFAULT, metrics, accepted -> {});
    private int port;

    @BeforeEach
    void open() {
        Svid svid = WEST.gateway(SELF);
        var tls = new MeshTls(
                () -> svid,
                () -> config.get().bundles(),
                InstantSource.system(),
                TlsEngine.best(),
                Duration.ofSeconds(2));
        var settings = new AccessLogSettings(home.resolve("access.json").toString(), false, 64, 100);
        log = AccessLog.open(settings, Party.of(Optional.of(WEST.id()), svid.id(), Optional.of(SELF)), metrics);
        var passthrough = new Passthrough(
                config,
                SessionSettings.DEFAULT,
                new AddressDialer(loops, DialLimits.DEFAULT, metrics),
                new ProbeAnswerer(tls, () -> false, metrics),
                Terminating.on(loops, SELF, config, tls, metrics, log),
                metrics,
                log);
        acceptor = new Acceptor(loops, AcceptLimits.DEFAULT, metrics, passthrough::begin);
        port = acceptor.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), false)
                .getPort();
    }

    @AfterEach
    void close() {
        acceptor.stopAccepting();
        acceptor.closeConnections();
        log.close();
        loops.close();
    }

    private void serve(FeedEntry... more) {
        var entries = new java.util.ArrayList<FeedEntry>(List.of(more));
        entries.add(Configs.own(WEST, Optional.empty()));
        entries.add(Configs.served(WEST, true, ExportMode.PASSTHROUGH));
        config.swap(ProxyConfig.of(1, entries));
    }

    /** Every connection is over first, so that its line is there. */
    private JsonNode onlyLine() throws Exception {
        acceptor.stopAccepting();
        acceptor.closeConnections();
        log.close();
        List<String> lines = Files.readAllLines(home.resolve("access.json"));
        assertThat(lines).hasSize(1);
        return new ObjectMapper().readTree(lines.getFirst());
    }

    @Test
    void aRelayedConnectionIsOneLineWithItsNameInstanceAndBytes() throws Exception {
        try (Far sidecar = Far.open()) {
            // Given
            serve(new FeedEntry.Local(Configs.instance(WEST, 1, sidecar.port(), InstanceState.READY)));
            byte[] hello = Hellos.of(Optional.of(NAME.toString()), List.of("http/1.1"));
            // When
            try (Socket client = Far.connect(port)) {
                client.getOutputStream().write(hello);
                client.shutdownOutput();
                Socket served = sidecar.accept();
                assertThat(served.getInputStream().readAllBytes()).hasSize(hello.length);
                served.getOutputStream().write("answer".getBytes(US_ASCII));
                served.close();
                assertThat(client.getInputStream().readAllBytes()).hasSize(6);
            }
            // Then
            JsonNode line = onlyLine();
            assertThat(line.path("direction").asText()).isEqualTo("passthrough");
            assertThat(line.path("source").path("address").asText()).isEqualTo("127.0.0.1");
            assertThat(line.path("source").has("workload")).isFalse();
            assertThat(line.path("destination").path("cluster").asText()).isEqualTo("west");
            assertThat(line.path("destination").path("service").asText()).isEqualTo("checkout");
            assertThat(line.path("destination").path("instance").asText())
                    .isEqualTo(InstanceId.of(1).value());
            assertThat(line.path("answerBytes").asInt()).isEqualTo(6);
            assertThat(line.path("ended").asText()).isEqualTo("complete");
            assertThat(line.has("tls")).isFalse();
        }
    }

    @Test
    void whatALongConnectionMovesIsCountedWhileItLastsAndOnlyOnce() throws Exception {
        try (Far sidecar = Far.open()) {
            // Given
            serve(new FeedEntry.Local(Configs.instance(WEST, 1, sidecar.port(), InstanceState.READY)));
            byte[] hello = Hellos.of(Optional.of(NAME.toString()), List.of("http/1.1"));
            Counter toClients = metrics.counter("tombolo_relay_upstream_bytes_total", "");
            try (Socket client = Far.connect(port)) {
                client.getOutputStream().write(hello);
                Socket served = sidecar.accept();
                // When
                served.getOutputStream().write("answer".getBytes(US_ASCII));
                assertThat(Far.read(client, 6)).hasSize(6);
                // Then
                Awaitility.await().until(() -> toClients.value() == 6);
                served.getOutputStream().write("more".getBytes(US_ASCII));
                served.close();
                assertThat(client.getInputStream().readAllBytes()).hasSize(4);
            }
            assertThat(onlyLine().path("answerBytes").asInt()).isEqualTo(10);
            assertThat(toClients.value()).isEqualTo(10);
        }
    }

    @Test
    void aRefusedConnectionSaysWhyInTheLogAndNowhereElse() throws Exception {
        // Given
        serve();
        // When
        try (Socket client = Far.connect(port)) {
            client.getOutputStream().write(Hellos.of(Optional.of("elsewhere.example"), List.of("http/1.1")));
            client.getInputStream().readAllBytes();
        }
        // Then
        JsonNode line = onlyLine();
        assertThat(line.path("ended").asText()).isEqualTo("refused");
        assertThat(line.path("code").asText()).isEqualTo("TB-2002");
        assertThat(line.path("blame").asText()).isEqualTo("CLIENT");
        assertThat(line.path("destination").has("service")).isFalse();
    }
}
