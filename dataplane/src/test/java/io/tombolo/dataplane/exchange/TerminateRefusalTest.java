package io.tombolo.dataplane.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.dataplane.fixture.Far;
import io.tombolo.dataplane.fixture.Hellos;
import io.tombolo.dataplane.fixture.TestCluster;
import io.tombolo.model.catalog.Consumer;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.name.Alpn;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.name.Sni;
import io.tombolo.trustbundle.svid.Svid;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is not let through, at a gateway that ends callers' TLS. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TerminateRefusalTest {
    private static final ServicePort NOT_THERE = new ServicePort(new ServiceName("shop", "nothing"), 80);
    private static final byte[] ALERT = {21, 3, 3, 0, 2, 2, 112};

    private final Mesh mesh = new Mesh(1);
    private final Svid frontend = mesh.east.workload("frontend");
    private RawApp app;
    private TestSidecar server;
    private TestGateway gateway;

    @BeforeEach
    void serve() throws Exception {
        app = RawApp.answering(RawApp.ok("answer"));
        server = mesh.inWest(1, app.port());
        mesh.westMode = ExportMode.TERMINATE;
        gateway = mesh.gateway(90);
        mesh.push();
    }

    @AfterEach
    void end() {
        mesh.close();
        app.close();
    }

    /** Everything that somebody sees who may not come. */
    private record Seen(String said, String certificate, String alpn, long millis) {}

    private Seen looks(Svid as, ServicePort at, Alpn alpn) throws Exception {
        long began = System.nanoTime();
        try (Spoken spoken = Spoken.with(as, gateway.address(), Spoken.name(at, mesh.west), alpn)) {
            String said = spoken.rest();
            long millis = (System.nanoTime() - began) / 1_000_000;
            var certificate = spoken.socket.getSession().getPeerCertificates()[0];
            return new Seen(said, certificate.toString(), spoken.socket.getApplicationProtocol(), millis);
        }
    }

    @Test
    void whoIsNoConsumerCannotTellAServiceThatIsThereFromOneThatIsNot() throws Exception {
        // Given
        mesh.consumers = List.of(new Consumer(Optional.of(mesh.west.id()), Optional.empty(), Optional.empty()));
        mesh.push();
        for (Alpn alpn : List.of(Alpn.H2, Alpn.HTTP_1_1, Alpn.TOMBOLO_TCP)) {
            // When
            var all = new ArrayList<Seen>();
            for (ServicePort at : List.of(Mesh.http(), Mesh.tcp(), NOT_THERE)) {
                all.add(looks(frontend, at, alpn));
            }
            // Then
            assertThat(all).allSatisfy(seen -> {
                assertThat(seen.said()).isEmpty();
                assertThat(seen.alpn()).isEqualTo(alpn.protocol());
                assertThat(seen.certificate()).isEqualTo(all.getFirst().certificate());
                assertThat(seen.millis()).isBetween(50L, 5_000L);
            });
        }
        assertThat(gateway.faults(Fault.NOT_A_CONSUMER)).isPositive();
        assertThat(gateway.faults(Fault.UNKNOWN_SERVER_NAME)).isPositive();
        assertThat(server.counted("tombolo_connections_accepted_total")).isZero();
    }

    @Test
    void namesOfOthersAreRefusedAsEverBeforeAnyHandshake() throws Exception {
        var foreign = Sni.Service.any(Mesh.http(), mesh.east.id(), TestCluster.FEDERATION);
        try (Socket client = Far.connect(gateway.address().port())) {
            client.getOutputStream().write(Hellos.of(Optional.of(foreign.toString()), List.of("h2")));
            assertThat(client.getInputStream().readAllBytes()).isEqualTo(ALERT);
        }
    }

    @Test
    void whereNothingIsTerminatedAnUnknownNameCostsNoHandshake() throws Exception {
        mesh.westMode = ExportMode.PASSTHROUGH;
        mesh.push();
        var name = Spoken.name(NOT_THERE, mesh.west);
        try (Socket client = Far.connect(gateway.address().port())) {
            client.getOutputStream().write(Hellos.of(Optional.of(name.toString()), List.of("h2")));
            assertThat(client.getInputStream().readAllBytes()).isEqualTo(ALERT);
        }
    }

    @Test
    void whoShookHandsAsOneCallerCannotSpeakAsAnother() throws Exception {
        try (Spoken spoken = calls(mesh.east.workload("batch"))) {
            // When
            spoken.delegates(Spoken.word(
                    frontend, gateway.svid, gateway.instance(), Mesh.http(), mesh.west, spoken.challenge()));
            spoken.says(Spoken.REQUEST);
            // Then
            assertThat(spoken.rest()).isEmpty();
        }
        assertThat(gateway.faults(Fault.DELEGATION_REFUSED)).isEqualTo(1);
        assertThat(app.heads).isEmpty();
    }

    @Test
    void whoSpeaksByHandAsACallerShouldIsLetThroughElseThisShowsNothing() throws Exception {
        try (Spoken spoken = calls(frontend)) {
            spoken.delegates(Spoken.word(
                    frontend, gateway.svid, gateway.instance(), Mesh.http(), mesh.west, spoken.challenge()));
            spoken.says(Spoken.REQUEST);
            assertThat(spoken.rest()).endsWith("answer");
        }
    }

    @Test
    void whoSpeaksBeforeBeingAskedIsRefused() throws Exception {
        try (Spoken spoken = calls(frontend)) {
            spoken.says(Spoken.REQUEST);
            assertThat(spoken.rest()).doesNotContain("answer");
        }
        assertThat(gateway.faults(Fault.BAD_DELEGATION)).isEqualTo(1);
        assertThat(app.heads).isEmpty();
    }

    @Test
    void whoHasNotSpokenCountsAsPendingAndNoLongerThanThat() throws Exception {
        try (Spoken spoken = calls(frontend)) {
            var challenge = spoken.challenge();
            assertThat(pending()).isEqualTo(1);
            // When
            spoken.delegates(
                    Spoken.word(frontend, gateway.svid, gateway.instance(), Mesh.http(), mesh.west, challenge));
            // Then
            Awaitility.await().until(() -> pending() == 0);
        }
        Awaitility.await().until(() -> gateway.terminate.active() == 0);
    }

    private long pending() {
        return gateway.metrics
                .text()
                .lines()
                .filter(line -> line.startsWith("tombolo_hellos_pending "))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
                .sum();
    }

    private Spoken calls(Svid as) throws Exception {
        return Spoken.with(as, gateway.address(), Spoken.name(Mesh.http(), mesh.west), Alpn.HTTP_1_1);
    }
}
