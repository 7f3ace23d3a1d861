package io.tombolo.controller.kube;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import java.io.File;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The API server that a test is on, with the namespace {@code shop} and nothing of other tests: one that keeps objects in memory as the real one does, or, where
 * {@code TOMBOLO_TEST_KUBECONFIGS} names kubeconfigs, the first of those. There the namespace {@value #PERMISSION} has to be, which
 * says that the cluster is for tests: objects of the kinds at hand are deleted.
 */
final class TestApi implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    private static final String PERMISSION = "tombolo-tests";
    private static final Map<String, String> OURS = Map.of("tombolo.io/made-by", "tests");

    private final List<ResourceDefinitionContext> kinds;
    private @Nullable KubernetesMockServer imitation;
    private @Nullable GivesAddresses addresses;
    private @Nullable KubernetesClient client;

    /** @param kinds that are not Kubernetes' own */
    TestApi(ResourceDefinitionContext... kinds) {
        this.kinds = List.of(kinds);
    }

    private static Optional<File> kubeconfig() {
        return Stream.ofNullable(System.getenv("TOMBOLO_TEST_KUBECONFIGS"))
                .flatMap(files -> Stream.of(files.split(",", 2)[0]))
                .filter(file -> !file.isBlank())
                .map(File::new)
                .findFirst();
    }

    @Override
    public void beforeAll(ExtensionContext test) {
        Optional<File> real = kubeconfig();
        if (real.isPresent()) {
            client = new KubernetesClientBuilder()
                    .withConfig(Config.fromKubeconfig(real.get()))
                    .build();
            if (client.namespaces().withName(PERMISSION).get() == null) {
                throw new IllegalStateException(real.get() + " is a cluster without the namespace " + PERMISSION
                        + ": make it to say that tests may delete objects there");
            }
            return;
        }
        Map<ServerRequest, Queue<ServerResponse>> answers = new HashMap<>();
        var addressing = new GivesAddresses(answers);
        var server = new KubernetesMockServer(new Context(), new MockWebServer(), answers, addressing, false);
        addresses = addressing;
        server.start();
        imitation = server;
        client = server.createClient();
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        if (imitation != null) {
            imitation.reset();
            refusesServices(0);
            refusesSlices("");
            prunesImports();
            refusesStatuses(false);
            kinds.forEach(kind -> imitation.expectCustomResource(Served.kind(kind)));
        } else {
            clear();
        }
        hasNamespace("shop");
    }

    private void clear() {
        kinds.stream()
                .filter(kind -> !kind.isNamespaceScoped())
                .forEach(kind -> client().genericKubernetesResources(kind).delete());
        client().namespaces().withLabels(OURS).delete();
        Awaitility.await("an API server without what tests made")
                .atMost(Duration.ofMinutes(2))
                .until(() ->
                        client().namespaces().withLabels(OURS).list().getItems().isEmpty());
    }

    @Override
    public void afterAll(ExtensionContext test) {
        if (imitation == null && client != null) {
            clear();
        }
        if (client != null) {
            client.close();
        }
        if (imitation != null) {
            imitation.destroy();
        }
    }

    /** Everything may be done with it. */
    KubernetesClient client() {
        if (client == null) {
            throw new IllegalStateException("it starts before all tests");
        }
        return client;
    }

    /** Makes a namespace. */
    void hasNamespace(String name) {
        Namespace namespace = new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(OURS)
                .endMetadata()
                .build();
        client().resource(namespace).create();
    }

    /** The test goes on only where it is an imitation. */
    void imitates(String because) {
        Assumptions.assumeTrue(imitation != null, because);
    }

    /** Somebody else has this address from now on. The test goes on only where that can be had. */
    void isTaken(String ip) {
        imitates("a real API server gives addresses as it likes");
        if (addresses != null) {
            addresses.isTaken(ip);
        }
    }

    /** No Service is made from now on, see {@link GivesAddresses#refusesServices}. The test goes on only where that can be had. */
    void refusesServices(int code) {
        imitates("a real API server has quotas of its own");
        if (addresses != null) {
            addresses.refusesServices(code);
        }
    }

    /** No slice is made of which the text has this in it. The test goes on only where that can be had. */
    void refusesSlices(String with) {
        imitates("a real API server refuses what it likes");
        if (addresses != null) {
            addresses.refusesSlices(Optional.of(with).filter(text -> !text.isEmpty()));
        }
    }

    /** Nobody may write the status of an import from now on. The test goes on only where that can be had. */
    void refusesStatuses(boolean refuses) {
        imitates("a real API server lets tests do everything");
        if (addresses != null) {
            addresses.refusesStatuses(refuses);
        }
    }

    /** The definition of imports knows none of these fields of a spec from now on. The test goes on only where that can be had. */
    void prunesImports(String... fields) {
        imitates("a real API server has the definition that it has");
        if (addresses != null) {
            addresses.prunesImports(Set.of(fields));
        }
    }

    /** As many changes as anybody wants. */
    static ApiWrites ample() {
        return perSecond(1_000_000, System::nanoTime);
    }

    /** So many changes. @param nanos monotonic time */
    static ApiWrites perSecond(int changes, LongSupplier nanos) {
        return new ApiWrites("tombolo.test.writes", changes, nanos);
    }

    /** As {@link #client()}, but asks once. */
    KubernetesClient impatient() {
        Config config = new ConfigBuilder(client().getConfiguration())
                .withRequestRetryBackoffLimit(0)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /** The test goes on only where it is a real one. */
    void isReal(String because) {
        Assumptions.assumeTrue(imitation == null, because);
    }

    /** How many requests there were. The test is skipped where they cannot be counted. */
    int requests() {
        imitates("a real API server does not count requests for us");
        return imitation == null ? 0 : imitation.getRequestCount();
    }
}
