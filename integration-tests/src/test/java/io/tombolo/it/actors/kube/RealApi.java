package io.tombolo.it.actors.kube;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.tombolo.it.actors.FaultProxy;
import io.tombolo.it.actors.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;

/**
 * A real one that a kubeconfig names, on this machine. What was there of the kinds at hand is deleted, and what we ship is applied. A controller is there who our rbac.yaml says it is.
 */
final class RealApi implements Behind {
    static final Map<String, String> OURS = Map.of("tombolo.io/made-by", "tests");

    private final KubernetesClient client;
    private final FaultProxy network;
    private final List<CustomResourceDefinitionContext> kinds;

    RealApi(Path kubeconfig, List<CustomResourceDefinitionContext> kinds) {
        this.kinds = kinds;
        this.client = NamedApiServer.client(kubeconfig);
        applies("crds.yaml");
        applies("rbac.yaml");
        clear(kinds);
        this.network = FaultProxy.before(onThisMachine(client).getPort());
    }

    /** Faults are made between it and the controllers, and traffic of tests stays here. */
    private static URI onThisMachine(KubernetesClient client) {
        URI address = URI.create(client.getConfiguration().getMasterUrl());
        if (!address.getHost().equals("127.0.0.1")) {
            throw new IllegalStateException(address + " is not 127.0.0.1: name an API server of this machine");
        }
        return address;
    }

    private void applies(String shipped) {
        try (InputStream file = Files.newInputStream(
                Terminal.checkout().resolve("deploy/kubernetes").resolve(shipped))) {
            client.load(file).resources().forEach(resource -> resource.createOr(there -> there.patch()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void clear(List<CustomResourceDefinitionContext> kinds) {
        kinds.stream()
                .filter(kind -> !kind.isNamespaceScoped())
                .forEach(kind -> client.genericKubernetesResources(kind).delete());
        client.admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withName("tombolo-inject")
                .delete();
        client.namespaces().withLabels(OURS).delete();
        Awaitility.await("an API server without what tests made")
                .atMost(Duration.ofMinutes(2))
                .until(() ->
                        client.namespaces().withLabels(OURS).list().getItems().isEmpty());
    }

    @Override
    public String podToken(String namespace, String account) {
        client.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(account)
                        .endMetadata()
                        .build())
                .createOr(there -> there.patch());
        Pod pod = client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withGenerateName(account + "-")
                        .endMetadata()
                        .withNewSpec()
                        .withServiceAccountName(account)
                        .addNewContainer()
                        .withName("app")
                        .withImage("nowhere.invalid/app:1")
                        .withNewSecurityContext() // some namespaces take no other pods
                        .withAllowPrivilegeEscalation(false)
                        .withRunAsNonRoot(true)
                        .withNewCapabilities()
                        .addToDrop("ALL")
                        .endCapabilities()
                        .withNewSeccompProfile()
                        .withType("RuntimeDefault")
                        .endSeccompProfile()
                        .endSecurityContext()
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
        return token(namespace, account, Optional.of(pod), "tombolo-controller");
    }

    private String token(String namespace, String account, Optional<Pod> pod, String... audiences) {
        var request = new TokenRequestBuilder()
                .withNewSpec()
                .withAudiences(audiences)
                .withExpirationSeconds(3_600L)
                .endSpec();
        pod.ifPresent(one -> request.editSpec()
                .withNewBoundObjectRef(
                        "v1",
                        "Pod",
                        one.getMetadata().getName(),
                        one.getMetadata().getUid())
                .endSpec());
        TokenRequest made = client.serviceAccounts()
                .inNamespace(namespace)
                .withName(account)
                .tokenRequest(request.build());
        return made.getStatus().getToken();
    }

    @Override
    public Pod admitted(Pod pod) {
        return client.resource(pod).dryRun().create();
    }

    @Override
    public void forbidsToMake(CustomResourceDefinitionContext kind, String namespace) {
        client.rbac().clusterRoles().withName("tombolo-controller").edit(role -> {
            role.getRules().stream()
                    .filter(rule -> rule.getResources().contains(kind.getPlural()))
                    .forEach(rule -> rule.getVerbs().remove("create"));
            return role;
        });
    }

    @Override
    public void forbidsNothing() {
        applies("rbac.yaml");
    }

    @Override
    public KubernetesClient client() {
        return client;
    }

    @Override
    public FaultProxy network() {
        return network;
    }

    @Override
    public String kubeconfig() {
        Config real = client.getConfiguration();
        return """
                apiVersion: v1
                kind: Config
                current-context: here
                clusters: [{name: here, cluster: {server: "https://%s", certificate-authority-data: "%s"}}]
                users: [{name: controller, user: {token: "%s"}}]
                contexts: [{name: here, context: {cluster: here, user: controller}}]
                """.formatted(
                network.address(), real.getCaCertData(), token("tombolo-system", "controller", Optional.empty()));
    }

    /** Its rights are narrow instead: what it were to ask beyond them would be refused. */
    @Override
    public Optional<Set<String>> asked() {
        return Optional.empty();
    }

    /** Nothing of the test stays, least of all a webhook that nobody answers any more. */
    @Override
    public void close() {
        network.close();
        clear(kinds);
        client.close();
    }
}
