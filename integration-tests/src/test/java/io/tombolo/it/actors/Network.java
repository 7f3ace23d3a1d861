package io.tombolo.it.actors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * Network namespaces with one bridge between them. Each has the same address for its workloads, on a link that leads nowhere
 * else, and one of its own on the bridge, where the machine itself is {@link #outside}. Closing removes all of it.
 */
public final class Network implements AutoCloseable {
    /** Of a workload, in every namespace. */
    public static final String WORKLOAD = "10.77.83.2";

    private static final int FIRST_HOST = 11;
    private static final long PID = ProcessHandle.current().pid();
    private static final String BRIDGE = "tb" + PID;

    private final List<String> namespaces = new ArrayList<>();

    private Network() {}

    /** Makes them. Skips the test, with the reason, where that is not allowed or there is no {@code ip}. */
    public static Network of(String... names) {
        var network = new Network();
        try {
            run("ip", "link", "add", BRIDGE, "type", "bridge");
        } catch (Refused why) {
            Assumptions.abort("no network namespaces here: " + why.getMessage());
        }
        try {
            network.make(names);
            return network;
        } catch (Refused why) {
            network.close();
            throw why;
        }
    }

    private void make(String... names) {
        run("ip", "addr", "add", outside() + "/24", "dev", BRIDGE);
        run("ip", "link", "set", BRIDGE, "up");
        for (String name : names) {
            add(name);
        }
    }

    private void add(String name) {
        String namespace = namespace(name);
        run("ip", "netns", "add", namespace);
        namespaces.add(namespace);
        String port = BRIDGE + "-" + namespaces.size();
        run("ip", "link", "add", port, "type", "veth", "peer", "name", "outside", "netns", namespace);
        run("ip", "link", "set", port, "master", BRIDGE, "up");
        in(namespace, "link", "add", "work", "type", "veth", "peer", "name", "nowhere");
        in(namespace, "addr", "add", WORKLOAD + "/24", "dev", "work");
        in(namespace, "addr", "add", address(name) + "/24", "dev", "outside");
        for (String link : List.of("lo", "work", "nowhere", "outside")) {
            in(namespace, "link", "set", link, "up");
        }
    }

    /**
     * From now on what comes to that port of a namespace is dropped, from wherever it comes: a hole. Skips the test, with the
     * reason, where there is no {@code nft}.
     */
    public void drops(String name, int port) {
        try {
            nft(name, "add table inet hole");
            nft(name, "add chain inet hole in { type filter hook input priority 0; }");
            nft(name, "add rule inet hole in tcp dport " + port + " drop");
        } catch (Refused why) {
            Assumptions.abort("no nft here: " + why.getMessage());
        }
    }

    /** Drops nothing there any more. */
    public void passes(String name) {
        nft(name, "delete table inet hole");
    }

    private static void nft(String name, String rule) {
        run("ip", "netns", "exec", namespace(name), "nft", rule);
    }

    /** The machine's address on the bridge. */
    public String outside() {
        return host(1);
    }

    private static String host(int number) {
        return "10.78." + (1 + PID % 250) + "." + number;
    }

    /** The address of a namespace on the bridge. */
    public String address(String name) {
        int number = namespaces.indexOf(namespace(name));
        return host(FIRST_HOST + number);
    }

    /** What a command has to begin with to run in a namespace. */
    public List<String> inside(String name) {
        return List.of("ip", "netns", "exec", namespace(name));
    }

    private static String namespace(String name) {
        return "tombolo-" + PID + "-" + name;
    }

    private static void in(String namespace, String... command) {
        var whole = new ArrayList<>(List.of("ip", "-n", namespace));
        whole.addAll(List.of(command));
        run(whole.toArray(String[]::new));
    }

    private static void run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new Refused(String.join(" ", command) + ": " + said);
            }
        } catch (IOException e) {
            throw new Refused(String.join(" ", command) + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
    }

    /** Links of a namespace go with it. What is not there any more is no reason to leave the rest. */
    @Override
    public void close() {
        namespaces.forEach(namespace -> tolerant("ip", "netns", "del", namespace));
        tolerant("ip", "link", "del", BRIDGE);
    }

    private static void tolerant(String... command) {
        try {
            run(command);
        } catch (Refused gone) {
            System.err.println(gone.getMessage());
        }
    }

    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String why) {
            super(why);
        }
    }
}
