package io.tombolo.it.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tombolo.it.actors.Cluster;
import io.tombolo.it.actors.Deep;
import io.tombolo.it.actors.Federation;
import io.tombolo.it.actors.Network;
import io.tombolo.it.actors.ProxyProcess;
import io.tombolo.it.actors.Scratch;
import io.tombolo.it.actors.Terminal;
import io.tombolo.it.actors.kube.ApiServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** curl in one cluster's network calls a service of the other one by its name and by its address, and knows of no proxy. */
@Deep
class UnawareProgramIT {
    private static final int APP_PORT = 8080;
    private static final int INBOUND_PORT = 15006;
    private static final String GROUP = "4242";
    private static final List<String> COUNTED = List.of(
            "tombolo_redirected_connections_total{to=\"away\"} 1\n",
            "tombolo_redirected_connections_total{to=\"service\"} 2\n");

    @Test
    void aNameAndAnAddressOfKubernetesLeadIntoTheOtherClusterAndEverythingElseWhereItWasToGo() throws Exception {
        Terminal.assumeInstalled("curl", "setpriv", "nft", "unshare");
        try (Network network = Network.of("east", "west")) {
            // Given
            String outside = network.outside();
            HttpServer stranger = stranger(outside);
            Map<String, String> settings = reachableAt(outside);
            try (ApiServer api = ApiServer.start();
                    Federation federation = Federation.linked(Map.of("west", "eu"), settings)) {
                onKubernetes(federation, settings, api);
                Cluster west = federation.cluster("west");
                west.livesInside(network.inside("west"));
                west.startsGateway("gateway", Map.of("listen.host", network.address("west")));
                checkout(west);
                Cluster east = federation.cluster("east");
                east.livesInside(inGroup(network.inside("east")));
                east.startsGateway("gateway", Map.of("listen.host", network.address("east")));
                ProxyProcess sidecar = east.startsSidecar(
                        "shop",
                        "frontend",
                        "frontend",
                        Map.of("dns.enabled", "true", "dns.port", "53", "transparent.enabled", "true"));
                west.operator().exports("shop", "checkout");
                east.operator().awaitsPathTo("west");
                east.operator().awaitsReady("shop", "checkout", "west", 1);
                var machine = new Machine(network.inside("east"), new Terminal(Scratch.directory("unaware")));
                String address = machine.leads(api);
                // When
                machine.tombolo("install", "--group", GROUP).ok();
                // Then the address that Kubernetes gave is the service's, whose name nobody asked for yet
                assertThat(machine.curl("http://" + address + "/").ok().output())
                        .startsWith("west checkout-1");
                assertThat(machine.curl("http://" + address + ":81/").exitCode())
                        .isNotZero();
                // And so is its name's
                assertThat(machine.curl("http://checkout.shop.svc.clusterset.local/")
                                .ok()
                                .output())
                        .startsWith("west checkout-1")
                        .contains("spiffe://east.demo.tombolo/ns/shop/sa/frontend");
                String elsewhere =
                        "http://" + outside + ":" + stranger.getAddress().getPort() + "/";
                assertThat(machine.curl(elsewhere).ok().output()).isEqualTo("a stranger");
                assertThat(machine.metrics(sidecar)).contains(COUNTED);
                assertThat(machine.shows(sidecar)).contains("lead here", "shop/checkout=127.");
                // When
                machine.tombolo("remove").ok();
                // Then
                assertThat(machine.curl(elsewhere).ok().output()).isEqualTo("a stranger");
                assertThat(machine.metrics(sidecar)).contains(COUNTED);
                assertThat(machine.shows(sidecar)).contains("none").doesNotContain("lead here");
            } finally {
                stranger.stop(0);
            }
        }
    }

    private static List<String> inGroup(List<String> inside) {
        return Stream.concat(inside.stream(), Stream.of("setpriv", "--regid", GROUP, "--clear-groups"))
                .toList();
    }

    private static Map<String, String> reachableAt(String outside) {
        return Map.of(
                "advertised-host", outside,
                "api.host", outside,
                "proxies.host", outside,
                "enrolment.host", outside);
    }

    /** East, whose services have addresses by an API server. */
    private static void onKubernetes(Federation federation, Map<String, String> settings, ApiServer api)
            throws IOException {
        var all = new LinkedHashMap<>(settings);
        all.put(
                "kubernetes.config-file",
                api.kubeconfig(federation.dir().resolve("api")).toString());
        federation.addCluster("east", "eu", all).awaitReady();
        federation.link("east");
        api.hasNamespace("shop");
    }

    private static void checkout(Cluster west) {
        west.startsApp("checkout-1", APP_PORT);
        west.startsSidecar(
                "shop",
                "checkout",
                "checkout-1",
                Map.of(
                        "service",
                        "shop/checkout",
                        "service-port",
                        "80",
                        "app-port",
                        String.valueOf(APP_PORT),
                        "inbound.host",
                        Network.WORKLOAD,
                        "inbound.port",
                        String.valueOf(INBOUND_PORT)));
    }

    /** A server that is no service. */
    private static HttpServer stranger(String address) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(address, 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = "a stranger".getBytes();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    /** Where the program runs: a network namespace whose resolver is told to ask the sidecar. */
    private record Machine(List<String> inside, Terminal terminal) {
        Terminal.Outcome tombolo(String... arguments) {
            return run(Stream.concat(Stream.of("tombolo", "sidecar", "capture"), Stream.of(arguments))
                    .toList());
        }

        /** The address of the import, which has a route as in a pod. */
        String leads(ApiServer api) {
            api.places().awaitAddresses("shop", "checkout");
            String address = api.places().address("shop", "checkout");
            run(List.of("ip", "route", "add", address, "dev", "outside")).ok();
            return address;
        }

        String shows(ProxyProcess sidecar) {
            return tombolo(
                            "show",
                            "--state-dir",
                            sidecar.state().toAbsolutePath().toString())
                    .ok()
                    .output();
        }

        String metrics(ProxyProcess sidecar) throws IOException {
            String token =
                    Files.readString(sidecar.state().resolve("admin.token")).strip();
            String page =
                    "http://127.0.0.1:" + sidecar.ready().path("adminPort").asInt() + "/metrics";
            return run(List.of("curl", "-sS", "-m", "20", "-H", "Authorization: Bearer " + token, page))
                    .ok()
                    .output();
        }

        Terminal.Outcome curl(String url) throws IOException {
            Path resolver = Files.writeString(terminal.home().resolve("resolv.conf"), "nameserver 127.0.0.1\n");
            String line = "mount --bind " + resolver + " /etc/resolv.conf && exec curl -sS -m 20 --noproxy '*' " + url;
            return run(List.of("unshare", "-m", "sh", "-c", line));
        }

        private Terminal.Outcome run(List<String> command) {
            var line = new ArrayList<>(inside);
            line.addAll(command);
            return terminal.run(line);
        }
    }
}
