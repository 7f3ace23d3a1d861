package io.tombolo.benchmarks.http;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.handler.ssl.SslContext;
import io.tombolo.benchmarks.figure.ProcessFigures;
import io.tombolo.benchmarks.figure.Samples;
import io.tombolo.benchmarks.load.HttpBackend;
import io.tombolo.benchmarks.load.HttpLoad;
import io.tombolo.benchmarks.load.LoadTls;
import io.tombolo.benchmarks.peer.PaperCluster;
import io.tombolo.benchmarks.peer.Papers;
import io.tombolo.benchmarks.place.Child;
import io.tombolo.benchmarks.place.Pause;
import io.tombolo.benchmarks.place.Ports;
import io.tombolo.benchmarks.place.Workshop;
import io.tombolo.benchmarks.turns.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** What all contenders share: the application, in the clear and as a mesh peer, and the client. */
final class HttpStage implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Workshop workshop;
    private final EventLoopGroup loop = new EpollEventLoopGroup(1);
    private final SslContext tls;
    private final Backend app;
    private final Backend meshPeer;

    private record Backend(Child process, int port) {}

    /**
     * What was measured.
     * @param latency only where the pace was fixed
     */
    record Measured(Reading reading, Optional<Samples> latency) {}

    HttpStage(Workshop workshop, Papers caller, Papers workload) throws SSLException {
        this.workshop = workshop;
        this.tls = LoadTls.client(caller.chain().toFile(), caller.key().toFile());
        this.app = start("app", List.of());
        this.meshPeer = start(
                "mesh-peer",
                List.of(
                        workload.chain().toString(),
                        workload.key().toString(),
                        workload.roots().toString()));
    }

    private Backend start(String name, List<String> papers) {
        int port = Ports.free();
        var command = new ArrayList<>(List.of(
                System.getProperty("tombolo.java"),
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-Djdk.tls.namedGroups=" + System.getProperty("jdk.tls.namedGroups"),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                HttpBackend.class.getName(),
                Integer.toString(port),
                Integer.toString(HttpPlan.ANSWER_BYTES)));
        command.addAll(papers);
        Child child =
                Child.start(name, command, Map.of(), workshop.directory()).await(() -> Ports.answers(port), PATIENCE);
        return new Backend(child, port);
    }

    /** Where the application is, in the clear. */
    int appPort() {
        return app.port();
    }

    /** Where the application is as a mesh peer. */
    int meshPort() {
        return meshPeer.port();
    }

    HttpLoad.Plan plain(int port, int connections, HttpLoad.Pace pace) {
        return new HttpLoad.Plan(port, Optional.empty(), "", connections, pace);
    }

    HttpLoad.Plan mesh(int port, PaperCluster cluster, int connections, HttpLoad.Pace pace) {
        return new HttpLoad.Plan(port, Optional.of(tls), cluster.serverName(PaperCluster.HTTP), connections, pace);
    }

    /** Gives the load for {@code before}, then for the window that is measured; {@code proxies} are counted together. */
    Measured measure(List<Child> proxies, HttpLoad.Plan plan, Duration before, Duration window) {
        try (HttpLoad load = HttpLoad.start(loop.next(), plan)) {
            Pause.forAbout(before);
            load.latencies();
            Reading begin = read(proxies, load);
            Pause.forAbout(window);
            Reading reading = read(proxies, load).minus(begin);
            return new Measured(reading, load.latencies());
        }
    }

    private Reading read(List<Child> proxies, HttpLoad load) {
        return new Reading(
                load.answers(),
                System.nanoTime() / 1e9,
                proxies.stream()
                        .mapToLong(proxy -> ProcessFigures.cpuMicros(proxy.pid()))
                        .sum(),
                ProcessFigures.cpuMicros(ProcessHandle.current().pid()),
                ProcessFigures.cpuMicros(app.process().pid())
                        + ProcessFigures.cpuMicros(meshPeer.process().pid()));
    }

    @Override
    public void close() {
        loop.shutdownGracefully();
        app.process().close();
        meshPeer.process().close();
    }
}
