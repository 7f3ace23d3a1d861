package io.tombolo.it.actors.kube;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import org.awaitility.Awaitility;

/** What is made from ServiceImports on an API server: derived Services, EndpointSlices, and the leases of clusters. */
public final class ImportPlaces {
    private static final Duration SECONDS = Duration.ofSeconds(20);
    private static final String CONTROLLERS = "tombolo-system";

    private final KubernetesClient client;
    private final BiFunction<String, String, JsonNode> imports;

    ImportPlaces(KubernetesClient client, BiFunction<String, String, JsonNode> imports) {
        this.client = client;
        this.imports = imports;
    }

    /** An address of this machine that others could reach it at; its own alone where it has no other. */
    public static String here() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> address instanceof Inet4Address
                            && !address.isLoopbackAddress()
                            && !address.isLinkLocalAddress())
                    .map(InetAddress::getHostAddress)
                    .sorted()
                    .findFirst()
                    .orElse("127.0.0.1");
        } catch (SocketException none) {
            return "127.0.0.1";
        }
    }

    /** The import has the addresses of the Service that it names as its own. */
    public void awaitAddresses(String namespace, String name) {
        until("addresses of " + name, SECONDS, () -> {
            List<String> ips = imports.apply(namespace, name)
                    .at("/spec/ips")
                    .valueStream()
                    .map(JsonNode::asText)
                    .toList();
            List<String> given = derived(namespace, name)
                    .map(service -> service.getSpec().getClusterIPs())
                    .orElse(List.of());
            return !ips.isEmpty() && ips.equals(given);
        });
    }

    /** The first address of an import. */
    public String address(String namespace, String name) {
        return imports.apply(namespace, name).at("/spec/ips/0").asText();
    }

    /** That Service has these ports. */
    public void awaitPorts(String namespace, String name, Integer... ports) {
        until(
                "ports of " + name,
                SECONDS,
                () -> derived(namespace, name).stream()
                        .flatMap(service -> service.getSpec().getPorts().stream())
                        .map(ServicePort::getPort)
                        .toList()
                        .equals(List.of(ports)));
    }

    /** Somebody changes a port of it. */
    public void spoilsDerived(String namespace, String name) {
        Service service = derived(namespace, name).orElseThrow();
        service.getSpec().getPorts().getFirst().setPort(9_999);
        client.resource(service).update();
    }

    private Optional<Service> derived(String namespace, String name) {
        String derived = imports.apply(namespace, name)
                .at("/metadata/annotations/multicluster.kubernetes.io~1derived-service")
                .asText();
        return derived.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(client.services()
                        .inNamespace(namespace)
                        .withName(derived)
                        .get());
    }

    /** The slices say that the imports of a namespace are there: no place that means something else on each machine is in one. */
    public void awaitEndpoints(String namespace, String cluster, String address) {
        List<String> wanted = address.equals("127.0.0.1") ? List.of() : List.of(cluster + " " + address);
        until("slices of " + wanted, SECONDS, () -> endpoints(namespace).equals(wanted));
    }

    private List<String> endpoints(String namespace) {
        return client
                .discovery()
                .v1()
                .endpointSlices()
                .inNamespace(namespace)
                .withLabel("endpointslice.kubernetes.io/managed-by", "tombolo")
                .list()
                .getItems()
                .stream()
                .flatMap(slice -> slice.getEndpoints().stream()
                        .flatMap(endpoint -> endpoint.getAddresses().stream())
                        .map(address -> slice.getMetadata().getLabels().get("multicluster.kubernetes.io/source-cluster")
                                + " " + address))
                .toList();
    }

    /** Nothing that was derived from an import is there any more. */
    public void awaitNothing(String namespace) {
        until(
                "nothing derived in " + namespace,
                Duration.ofSeconds(10),
                () -> client.services()
                                .inNamespace(namespace)
                                .withLabel("multicluster.kubernetes.io/service-name")
                                .list()
                                .getItems()
                                .isEmpty()
                        && endpoints(namespace).isEmpty());
    }

    /** Each of these clusters has a lease, and one of a cluster that is no member goes. */
    public void awaitLeases(String... clusters) {
        client.resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withNamespace(CONTROLLERS)
                        .withName("tombolo-origin-ghost")
                        .addToLabels("app.kubernetes.io/managed-by", "tombolo")
                        .endMetadata()
                        .withNewSpec()
                        .withHolderIdentity("ghost")
                        .endSpec()
                        .build())
                .create();
        for (String cluster : clusters) {
            until("the lease of " + cluster, SECONDS, () -> holder(cluster).equals(cluster));
        }
        until("no lease of a ghost", SECONDS, () -> holder("ghost").isEmpty());
    }

    private String holder(String cluster) {
        Lease lease = client.leases()
                .inNamespace(CONTROLLERS)
                .withName("tombolo-origin-" + cluster)
                .get();
        return lease == null ? "" : lease.getSpec().getHolderIdentity();
    }

    private static void until(String what, Duration within, Callable<Boolean> there) {
        Awaitility.await(what).atMost(within).until(there);
    }
}
