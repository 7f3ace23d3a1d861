package io.tombolo.controller.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The ClusterProperties of KEP-2149, on an API server that keeps objects as the real one does. */
class KubePropertiesTest {
    @RegisterExtension
    static final TestApi API = new TestApi(KubeProperties.KIND);

    private static final Map<String, String> MEMBER =
            Kubernetes.properties(new ClusterId("east"), new FederationName("demo"));

    private volatile Map<String, String> said = Map.of();
    private KubeProperties properties;

    @BeforeEach
    void start() {
        properties = new KubeProperties(API.client(), () -> said, TestApi.ample());
        properties.start();
    }

    @AfterEach
    void end() {
        properties.close();
    }

    private static Optional<String> value(String name) {
        return Optional.ofNullable(API.client()
                        .genericKubernetesResources(KubeProperties.KIND)
                        .withName(name)
                        .get())
                .map(object -> object.get("spec", "value"));
    }

    private void awaitValue(String name, Optional<String> wanted) {
        Awaitility.await(name).atMost(Duration.ofSeconds(20)).until(() -> {
            properties.look();
            return value(name).equals(wanted);
        });
    }

    @Test
    void aMemberSaysWhichClusterItIsAndOfWhichFederationAsLongAsItIsOne() {
        // When
        said = MEMBER;
        // Then
        awaitValue("cluster.clusterset.k8s.io", Optional.of("east"));
        awaitValue("clusterset.k8s.io", Optional.of("demo"));
        // When
        said = Map.of();
        // Then
        awaitValue("cluster.clusterset.k8s.io", Optional.empty());
        awaitValue("clusterset.k8s.io", Optional.empty());
    }

    @Test
    void whatSomebodyElseSaysStays() {
        // Given
        API.client()
                .resource(API.client().getKubernetesSerialization().unmarshal("""
                                apiVersion: about.k8s.io/v1alpha1
                                kind: ClusterProperty
                                metadata: {name: clusterset.k8s.io}
                                spec: {value: another}
                                """, GenericKubernetesResource.class))
                .create();
        // When
        said = MEMBER;
        awaitValue("cluster.clusterset.k8s.io", Optional.of("east"));
        // Then
        assertThat(value("clusterset.k8s.io")).contains("another");
        said = Map.of();
        awaitValue("cluster.clusterset.k8s.io", Optional.empty());
        assertThat(value("clusterset.k8s.io")).contains("another");
    }

    @Test
    void whatOthersChangeInOursIsPutRight() {
        // Given
        said = MEMBER;
        awaitValue("clusterset.k8s.io", Optional.of("demo"));
        // When
        GenericKubernetesResource object = API.client()
                .genericKubernetesResources(KubeProperties.KIND)
                .withName("clusterset.k8s.io")
                .get();
        object.setAdditionalProperty("spec", Map.of("value", "other"));
        API.client().resource(object).update();
        // Then
        awaitValue("clusterset.k8s.io", Optional.of("demo"));
    }
}
