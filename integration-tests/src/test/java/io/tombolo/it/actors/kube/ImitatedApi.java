package io.tombolo.it.actors.kube;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenReview;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.tombolo.it.actors.FaultProxy;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps objects in memory as the real one does, lets everybody do everything, and remembers what was asked. */
final class ImitatedApi implements Behind {
    private final KubernetesMockServer server;
    private final KubernetesClient client;
    private final FaultProxy network;
    private final Map<String, RunningPod> pods = new ConcurrentHashMap<>();

    private final Map<ServerRequest, Queue<ServerResponse>> answers = new ConcurrentHashMap<>();
    private Set<ServerRequest> allowed = Set.of();

    private record RunningPod(String namespace, String account, String uid) {}

    ImitatedApi(List<CustomResourceDefinitionContext> kinds) {
        server = new KubernetesMockServer(
                new Context(), new MockWebServer(), answers, new GivesAddresses(answers), false);
        server.start();
        kinds.forEach(server::expectCustomResource);
        server.expect()
                .post()
                .withPath("/apis/authentication.k8s.io/v1/tokenreviews")
                .andReply(HttpURLConnection.HTTP_CREATED, this::reviewed)
                .always();
        client = server.createClient();
        network = FaultProxy.before(server.getPort());
    }

    /** Says of a token what was said when it was made; of others, that they are not valid. */
    private TokenReview reviewed(RecordedRequest request) {
        TokenReviewSpec asked = new KubernetesSerialization()
                .unmarshal(request.getBody().readUtf8(), TokenReview.class)
                .getSpec();
        Optional<RunningPod> pod = Optional.ofNullable(pods.get(asked.getToken()));
        var status = new TokenReviewBuilder()
                .withNewStatus()
                .withAuthenticated(pod.isPresent())
                .withAudiences(pod.isPresent() ? asked.getAudiences() : List.of())
                .withNewUser()
                .withUsername(pod.map(one -> "system:serviceaccount:" + one.namespace() + ":" + one.account())
                        .orElse(""))
                .withExtra(pod.map(one -> Map.of("authentication.kubernetes.io/pod-uid", List.of(one.uid())))
                        .orElse(Map.of()))
                .endUser()
                .endStatus();
        return status.build();
    }

    @Override
    public String podToken(String namespace, String account) {
        String claims = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"aud\":[\"tombolo-controller\"]}".getBytes(StandardCharsets.UTF_8));
        String token = "e30." + claims + "." + UUID.randomUUID().toString().replace("-", "");
        pods.put(token, new RunningPod(namespace, account, UUID.randomUUID().toString()));
        return token;
    }

    @Override
    public Pod admitted(Pod pod) throws Exception {
        return AskedWebhook.of(
                client.admissionRegistration()
                        .v1()
                        .mutatingWebhookConfigurations()
                        .withName("tombolo-inject")
                        .get()
                        .getWebhooks()
                        .getFirst()
                        .getClientConfig(),
                pod);
    }

    @Override
    public void forbidsToMake(CustomResourceDefinitionContext kind, String namespace) {
        allowed = Set.copyOf(answers.keySet());
        Status refused = new StatusBuilder()
                .withStatus("Failure")
                .withReason("Forbidden")
                .withCode(HttpURLConnection.HTTP_FORBIDDEN)
                .withMessage(
                        "%s.%s is forbidden: User \"u\" cannot create resource \"%1$s\" in API group \"%2$s\" in the namespace \"%s\""
                                .formatted(kind.getPlural(), kind.getGroup(), namespace))
                .build();
        server.expect()
                .post()
                .withPath("/apis/%s/%s/namespaces/%s/%s"
                        .formatted(kind.getGroup(), kind.getVersion(), namespace, kind.getPlural()))
                .andReturn(HttpURLConnection.HTTP_FORBIDDEN, refused)
                .always();
    }

    @Override
    public void forbidsNothing() {
        answers.keySet().retainAll(allowed);
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
        return """
                apiVersion: v1
                kind: Config
                current-context: here
                clusters: [{name: here, cluster: {server: "http://%s"}}]
                users: [{name: controller, user: {token: controller}}]
                contexts: [{name: here, context: {cluster: here, user: controller}}]
                """.formatted(network.address());
    }

    @Override
    public Optional<Set<String>> asked() {
        var asked = new TreeSet<String>();
        try {
            for (RecordedRequest request = next(); request != null; request = next()) {
                if ("Bearer controller".equals(request.getHeader("Authorization"))) {
                    ApiRequest.of(request.getMethod(), request.getPath()).ifPresent(asked::add);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return Optional.of(asked);
    }

    private @Nullable RecordedRequest next() throws InterruptedException {
        return server.takeRequest(1, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        network.close();
        client.close();
        server.destroy();
    }
}
