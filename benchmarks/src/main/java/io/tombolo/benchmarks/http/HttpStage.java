package io.tombolo.benchmarks.http;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.handler.ssl.SslContext;
import io.tombolo.benchmarks.figure.ProcessFigures;
import io.tombolo.benchmarks.figure.Samples;
import io.tombolo.benchmarks.load.AppBackend;
import io.tombolo.benchmarks.load.CallLoad;
import io.tombolo.benchmarks.load.LoadTls;
import io.tombolo.benchmarks.load.Wire;
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
    private final Wire wire;
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

    HttpStage(Workshop workshop, Wire wire, Papers caller, Papers workload) throws SSLException {
        this.workshop = workshop;
        this.wire = wire;
        this.tls = LoadTls.client(wire, caller.chain().toFile(), caller.key().toFile());
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
                AppBackend.class.getName(),
                Integer.toString(port),
                wire.name()));
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

    CallLoad.Plan plain(int port, Wire spoken, HttpPlan plan, CallLoad.Pace pace) {
        return new CallLoad.Plan(port, Optional.empty(), "", spoken, plan.connections(), plan.streams(spoken), pace);
    }

    CallLoad.Plan mesh(int port, Wire spoken, PaperCluster cluster, HttpPlan plan, CallLoad.Pace pace) {
        String name = cluster.serverName(PaperCluster.HTTP);
        return new CallLoad.Plan(port, Optional.of(tls), name, spoken, plan.connections(), plan.streams(spoken), pace);
    }

    /** Gives the load for {@code before}, then for the window that is measured; {@code proxies} are counted together. */
    Measured measure(List<Child> proxies, CallLoad.Plan plan, Duration before, Duration window) {
        try (CallLoad load = CallLoad.start(loop.next(), plan)) {
            Pause.forAbout(before);
            load.latencies();
            Reading begin = read(proxies, load);
            Pause.forAbout(window);
            Reading reading = read(proxies, load).minus(begin);
            return new Measured(reading, load.latencies());
        }
    }

    private Reading read(List<Child> proxies, CallLoad load) {
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
