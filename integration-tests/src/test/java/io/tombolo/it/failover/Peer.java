package io.tombolo.it.failover;

import io.tombolo.cli.demo.Together;
import io.tombolo.it.actors.Cluster;
import io.tombolo.it.actors.FaultProxy;
import io.tombolo.it.actors.FreePorts;
import io.tombolo.it.actors.ProxyProcess;
import io.tombolo.it.actors.RunningProgram;
import io.tombolo.it.actors.ServiceInstance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A cluster that others call: its gateways, each behind a {@link FaultProxy}, and its instances. */
final class Peer implements AutoCloseable {
    private final Cluster cluster;
    private final List<ProxyProcess> gateways = new ArrayList<>();
    private final List<FaultProxy> doors = new ArrayList<>();
    private final List<ServiceInstance> instances = new ArrayList<>();

    private Peer(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Starts so many gateways. */
    static Peer of(Cluster cluster, int number) {
        var peer = new Peer(cluster);
        List<Supplier<Runnable>> work =
                IntStream.range(0, number).mapToObj(peer::startsGateway).toList();
        Together.all(work).forEach(Runnable::run);
        return peer;
    }

    private Supplier<Runnable> startsGateway(int number) {
        int port = FreePorts.one();
        FaultProxy door = FaultProxy.before(port);
        doors.add(door);
        return () -> {
            ProxyProcess gateway = cluster.startsGateway(
                    "door-" + number, Map.of("listen.port", String.valueOf(port), "advertise", door.address()));
            return () -> gateways.add(gateway);
        };
    }

    /** Starts an instance of a service, and exports it. */
    ServiceInstance exports(String service, Map<String, String> more) {
        ServiceInstance instance = cluster.startsService("shop", service, service, more);
        cluster.operator().exports("shop", service);
        instances.add(instance);
        return instance;
    }

    /** Says how many requests a second its one instance takes, all for east. */
    void takes(String service, int perSecond) {
        says(service, "{capacity: {perInstance: " + perSecond + ", grants: [{cluster: east, percent: 100}]}}");
    }

    /** Says nothing of it any more. */
    void takesAnything(String service) {
        says(service, "{}");
    }

    private void says(String service, String spec) {
        cluster.operator()
                .api()
                .postYaml(
                        "/resources",
                        "apiVersion: tombolo.io/v1\nkind: ServiceExport\nmetadata: {name: " + service
                                + ", namespace: shop}\nspec: " + spec + "\n");
    }

    Cluster cluster() {
        return cluster;
    }

    ProxyProcess gateway(int number) {
        return gateways.get(number);
    }

    /** What stands before that gateway. */
    FaultProxy door(int number) {
        return doors.get(number);
    }

    void everyDoor(Consumer<FaultProxy> does) {
        doors.forEach(does);
    }

    /** SIGKILL to every process; the doors stay. */
    void dies() {
        proxies().forEach(ProxyProcess::kill);
        cluster.controller().kill();
    }

    /** Everything is started again. */
    void comesBack() {
        cluster.startControllerAgain();
        List<Supplier<ProxyProcess>> work = proxies()
                .map(proxy -> (Supplier<ProxyProcess>) () -> {
                    proxy.startAgain();
                    return proxy;
                })
                .toList();
        var _ = Together.all(work);
    }

    /** SIGSTOP to every process: connections stay open. */
    void stops() {
        processes().forEach(RunningProgram::pause);
    }

    /** SIGCONT. */
    void goesOn() {
        processes().forEach(RunningProgram::resume);
    }

    private Stream<ProxyProcess> proxies() {
        return Stream.concat(gateways.stream(), instances.stream().map(ServiceInstance::sidecar));
    }

    private Stream<RunningProgram> processes() {
        return Stream.concat(proxies().map(ProxyProcess::process), Stream.of(cluster.controller()));
    }

    /** The gateways; instances end with the cluster's workloads. */
    @Override
    public void close() {
        gateways.forEach(cluster::losesGateway);
        doors.forEach(FaultProxy::close);
    }
}
