package io.tombolo.benchmarks.passthrough;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.tombolo.benchmarks.figure.ProcessFigures;
import io.tombolo.benchmarks.figure.Samples;
import io.tombolo.benchmarks.load.Backend;
import io.tombolo.benchmarks.load.Load;
import io.tombolo.benchmarks.peer.Contender;
import io.tombolo.benchmarks.peer.PaperCluster;
import io.tombolo.benchmarks.place.Child;
import io.tombolo.benchmarks.place.Pause;
import io.tombolo.benchmarks.place.Ports;
import io.tombolo.benchmarks.place.Workshop;
import io.tombolo.benchmarks.turns.Reading;
import io.tombolo.trustbundle.key.SecretFile;
import io.tombolo.trustbundle.pem.Pem;
import io.tombolo.trustbundle.svid.Svid;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** The backend and the client that all contenders share. */
final class Stage implements AutoCloseable {
    private final int backendPort = Ports.free();
    private final Child backend;
    private final SslContext tls;
    private final EventLoopGroup loop = new EpollEventLoopGroup(1);
    private final int connections;
    private final String serverName;

    Stage(Workshop workshop, PaperCluster cluster, int connections) throws SSLException {
        this.backend = startBackend(workshop, cluster.workload());
        this.connections = connections;
        this.serverName = cluster.serverName(PaperCluster.TCP);
        this.tls = SslContextBuilder.forClient()
                .sslProvider(SslProvider.OPENSSL)
                .trustManager(cluster.root())
                .protocols("TLSv1.3")
                .endpointIdentificationAlgorithm("") // the backend's certificate has a SPIFFE id and no host name
                .build();
    }

    private Child startBackend(Workshop workshop, Svid svid) {
        Path chain = workshop.write("backend.pem", Pem.write(svid.chain()));
        Path key = workshop.file("backend.key");
        SecretFile.write(key, Pem.write(svid.privateKey()).getBytes(StandardCharsets.US_ASCII));
        var command = List.of(
                System.getProperty("tombolo.java"),
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Backend.class.getName(),
                Integer.toString(backendPort),
                chain.toString(),
                key.toString());
        return Child.start("backend", command, Map.of(), workshop.directory())
                .await(() -> Ports.answers(backendPort), Duration.ofSeconds(20));
    }

    int backendPort() {
        return backendPort;
    }

    /**
     * What was measured.
     * @param latency only where the pace was fixed
     */
    record Measured(Reading reading, Optional<Samples> latency) {}

    /** Loads one contender for {@code warmUp}, then for the window that is measured. */
    Measured measure(Contender contender, Size size, Duration warmUp, Duration window) {
        var plan = new Load.Plan(contender.port(), serverName, connections, size.bytes(), size.perSecond());
        try (Load load = Load.start(loop.next(), tls, plan)) {
            Pause.forAbout(warmUp);
            load.latencies();
            Reading before = read(contender, load);
            Pause.forAbout(window);
            Reading reading = read(contender, load).minus(before);
            return new Measured(reading, load.latencies());
        }
    }

    private Reading read(Contender contender, Load load) {
        return new Reading(
                load.answers(),
                System.nanoTime() / 1e9,
                ProcessFigures.cpuMicros(contender.process().pid()),
                ProcessFigures.cpuMicros(ProcessHandle.current().pid()),
                ProcessFigures.cpuMicros(backend.pid()));
    }

    @Override
    public void close() {
        loop.shutdownGracefully();
        backend.close();
    }
}
