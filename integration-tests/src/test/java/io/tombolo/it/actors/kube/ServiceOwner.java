package io.tombolo.it.actors.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServiceSpecBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/** Who has the service {@code hello} in one namespace of one cluster, and exports it as the MCS API says. */
public final class ServiceOwner {
    private static final String NAME = "hello";

    /** By which a change has to be seen: a sixth of what the conformance tests of the MCS API allow. */
    private static final Duration SOON = Duration.ofSeconds(10);

    private final ApiServer api;
    private final KubernetesClient client;
    private final String namespace;

    ServiceOwner(ApiServer api, KubernetesClient client, String namespace) {
        this.api = api;
        this.client = client;
        this.namespace = namespace;
    }

    /** Makes the Service. @param spec what it has beside a selector and the ports tcp 42 and udp 42 */
    public ServiceOwner has(UnaryOperator<ServiceSpecBuilder> spec) {
        var usual = new ServiceSpecBuilder()
                .withSelector(Map.of("app", NAME))
                .addNewPort()
                .withName("tcp")
                .withPort(42)
                .withProtocol("TCP")
                .endPort()
                .addNewPort()
                .withName("udp")
                .withPort(42)
                .withProtocol("UDP")
                .endPort();
        client.resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(NAME)
                        .addToLabels("of-the", "service")
                        .addToAnnotations("of-the", "service")
                        .endMetadata()
                        .withSpec(spec.apply(usual).build())
                        .build())
                .create();
        return this;
    }

    /** Makes the Service as it usually is. */
    public ServiceOwner has() {
        return has(spec -> spec);
    }

    /** Exports it. */
    public ServiceOwner exports() {
        return exports(Map.of());
    }

    /** @param spec of the ServiceExport */
    public ServiceOwner exports(Map<String, Object> spec) {
        client.resource(new GenericKubernetesResourceBuilder()
                        .withApiVersion("multicluster.x-k8s.io/v1beta1")
                        .withKind("ServiceExport")
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(NAME)
                        .endMetadata()
                        .addToAdditionalProperties("spec", spec)
                        .build())
                .create();
        return this;
    }

    /** No export that is made from now on is as old as what another owner exports already: ages have whole seconds. */
    public ServiceOwner isYoungerThan(ServiceOwner other) {
        Instant theirs = Instant.parse(other.export().getMetadata().getCreationTimestamp());
        Awaitility.await("the next second").until(() -> Instant.now().isAfter(theirs.plusSeconds(1)));
        return this;
    }

    private GenericKubernetesResource export() {
        return client.genericKubernetesResources("multicluster.x-k8s.io/v1beta1", "ServiceExport")
                .inNamespace(namespace)
                .withName(NAME)
                .require();
    }

    /** Deletes the export. */
    public void unexports() {
        api.unexports(namespace, NAME);
    }

    /** Waits for an import like that. */
    public JsonNode awaitsImport(Predicate<JsonNode> expected) {
        Awaitility.await("an import in " + namespace).atMost(SOON).untilAsserted(() -> {
            JsonNode there = imported();
            assertThat(!there.isMissingNode() && expected.test(there))
                    .as(there.toString())
                    .isTrue();
        });
        return imported();
    }

    /** Waits for an import from exactly those clusters. */
    public JsonNode awaitsImportFrom(String... clusters) {
        return awaitsImport(there -> api.importedFrom(namespace, NAME).equals(List.of(clusters)));
    }

    /** Waits until it has an address of the Service that it names, in each cluster one of its own. */
    public void awaitsAddress() {
        api.places().awaitAddresses(namespace, NAME);
    }

    /** Waits until there is none. */
    public void awaitsNoImport() {
        Awaitility.await("no import in " + namespace)
                .atMost(SOON)
                .until(() -> imported().isMissingNode());
    }

    /** The import as it is; missing if there is none. */
    public JsonNode imported() {
        return api.imported(namespace, NAME);
    }

    /** Waits for a condition of the export, such as {@code Conflict=True/PortConflict}. */
    public void awaitsCondition(String condition) {
        Awaitility.await(condition)
                .atMost(SOON)
                .untilAsserted(() -> assertThat(api.conditions(namespace, NAME)).contains(condition));
    }
}
