package io.tombolo.it.actors.kube;

import io.tombolo.it.actors.Cluster;
import io.tombolo.it.actors.Federation;
import io.tombolo.it.actors.RunningProgram;
import io.tombolo.it.actors.ServiceAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** The controllers of one cluster, 0 and 1, on an API server; proxies, and clusters that join, reach both at one address. */
public final class TwoReplicas implements AutoCloseable {
    private static final List<String> HOSTS = List.of("127.0.0.1", "127.0.0.2");

    private final ApiServer api;
    private final Path tokens;
    private final String name;
    private final String address;
    private final Cluster cluster;
    private final List<ServiceAddress> doors;

    private TwoReplicas(ApiServer api, Federation federation, String name, String address) {
        this.api = api;
        this.tokens = federation.dir().resolve("tokens");
        this.name = name;
        this.address = address;
        this.cluster = federation.addCluster(name, "eu", settings(0));
        this.doors = List.of(
                new ServiceAddress(address, cluster.proxiesPort(), HOSTS),
                new ServiceAddress(address, cluster.enrolmentPort(), HOSTS));
        cluster.awaitReady();
    }

    /** Adds the cluster with its first controller. @param address of this machine alone, that no other program has */
    public static TwoReplicas first(ApiServer api, Federation federation, String name, String address) {
        return new TwoReplicas(api, federation, name, address);
    }

    public Cluster cluster() {
        return cluster;
    }

    /** Starts one of them where it was, if it was there; does not wait for it. */
    public RunningProgram starts(int number) {
        return cluster.startsReplica(directory(number), settings(number));
    }

    /** Waits until the lease says who leads, and who has all; from now on the operator asks that leader. */
    public void isLedBy(int leader, String inStep) {
        awaitsLease(leader, inStep);
        cluster.isLedBy(directory(leader));
    }

    /** Waits until the lease says who leads, and who has all: the other one or, if there is none, nobody. */
    public void awaitsLease(int leader, String inStep) {
        awaitsLease(leader, inStep, Duration.ofSeconds(30));
    }

    /** The same where it takes longer. */
    public void awaitsLease(int leader, String inStep, Duration patience) {
        String said = replica(leader) + "/" + inStep;
        Awaitility.await("the lease to say " + said)
                .atMost(patience)
                .until(() -> api.leader().equals(said));
    }

    /** What the lease calls it. */
    public String replica(int number) {
        return name + "-" + number;
    }

    private String directory(int number) {
        return number == 0 ? "controller" : replica(number);
    }

    private Map<String, String> settings(int number) {
        String replica = replica(number);
        String host = HOSTS.get(number);
        Path directory = tokens.resolve(replica);
        try {
            return Map.ofEntries(
                    Map.entry(
                            "kubernetes.config-file", api.kubeconfig(directory).toString()),
                    Map.entry("kubernetes.namespace", "tombolo-system"),
                    Map.entry("replica.name", replica),
                    Map.entry("replica.host", host),
                    Map.entry(
                            "replica.token-file",
                            api.startsPod(directory, "tombolo-system", "controller")
                                    .toString()),
                    Map.entry("advertised-host", address),
                    Map.entry("proxies.host", host),
                    Map.entry("enrolment.host", host),
                    Map.entry("api.host", host));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        for (ServiceAddress door : doors) {
            try {
                door.close();
            } catch (IOException e) {
                System.err.println("closing " + name + ": " + e);
            }
        }
    }
}
