package io.tombolo.controller.kube;

import io.fabric8.kubernetes.api.model.authentication.TokenReview;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewStatus;
import io.fabric8.kubernetes.api.model.authentication.UserInfo;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.core.instrument.Metrics;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the API server whose token one is (TokenReview, authentication.k8s.io/v1). Only a token that was made for a pod and for this
 * audience counts. Any thread; blocks. Nothing is kept: a token that was revoked is refused at once.
 */
public final class TokenReviews implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TokenReviews.class);

    /** What a token must have been made for. */
    static final String AUDIENCE = "tombolo-controller";

    private static final long PATIENCE_SECONDS = 2;
    private static final String ACCOUNT_PREFIX = "system:serviceaccount:";
    private static final String POD_UID = "authentication.kubernetes.io/pod-uid";

    private final KubernetesClient client;
    private final Semaphore atOnce;

    /** Connects to nobody yet. */
    public TokenReviews(KubeSettings settings) {
        this(settings.impatientClient(), settings.tokenReviews());
    }

    TokenReviews(KubernetesClient client, int atOnce) {
        this.client = client;
        this.atOnce = new Semaphore(atOnce);
    }

    /** @throws TomboloException WORKLOAD_TOKEN_REFUSED; KUBERNETES_UNREACHABLE: nothing is known of the token */
    public PodAccount pod(String token) {
        if (!ClaimedAudience.of(token).contains(AUDIENCE)) {
            count("refused");
            throw refused("is no token for the audience " + AUDIENCE);
        }
        TokenReviewStatus status = reviewed(token);
        try {
            PodAccount account = account(status);
            count("granted");
            return account;
        } catch (TomboloException refused) {
            count("refused");
            throw refused;
        }
    }

    /** Whoever reaches the port can ask: the API server is not made to suffer from that. */
    private TokenReviewStatus reviewed(String token) {
        if (!mayAsk()) {
            count("busy");
            throw unreachable(
                    "has enough to do with the tokens that it is asked about now",
                    "it is tried again by itself; controller.kubernetes.token-reviews says how many at a time");
        }
        try {
            TokenReview answer = client.tokenReviews()
                    .create(new TokenReviewBuilder()
                            .withNewSpec()
                            .withToken(token)
                            .withAudiences(AUDIENCE)
                            .endSpec()
                            .build());
            return Optional.ofNullable(answer)
                    .map(TokenReview::getStatus)
                    .orElseThrow(() -> unreachable("answered without a status", "check what answers in its place"));
        } catch (KubernetesClientException failed) {
            count("unreachable");
            // What it says may name addresses inside: it is for the log, and not for whoever asked.
            LOG.atWarn().addKeyValue("fault", failed.getMessage()).log("no token can be reviewed");
            throw failed.getCode() == HttpURLConnection.HTTP_FORBIDDEN
                    ? unreachable(
                            "lets this controller review no tokens",
                            "allow its service account to create tokenreviews.authentication.k8s.io")
                    : unreachable("does not answer", "it is tried again by itself; the controller's log says more");
        } finally {
            atOnce.release();
        }
    }

    private boolean mayAsk() {
        try {
            return atOnce.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException ends) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void count(String result) {
        Metrics.counter("tombolo.pod.token.reviews", "result", result).increment();
    }

    /** Fails closed: an API server that says nothing of audiences did not look at them. */
    private static PodAccount account(TokenReviewStatus status) {
        List<String> audiences = Optional.ofNullable(status.getAudiences()).orElse(List.of());
        if (!Boolean.TRUE.equals(status.getAuthenticated()) || !audiences.contains(AUDIENCE)) {
            throw refused("is not valid, or not for the audience " + AUDIENCE);
        }
        UserInfo said = Optional.ofNullable(status.getUser()).orElseGet(UserInfo::new);
        String user = String.valueOf(said.getUsername());
        String[] parts = user.startsWith(ACCOUNT_PREFIX)
                ? user.substring(ACCOUNT_PREFIX.length()).split(":", -1)
                : new String[0];
        List<String> uid = Optional.ofNullable(said.getExtra()).orElse(Map.of()).getOrDefault(POD_UID, List.of());
        if (parts.length != 2 || uid.size() != 1 || uid.getFirst().isBlank()) {
            throw refused("belongs to no pod: use a projected token, not one that was made by hand");
        }
        return new PodAccount(parts[0], parts[1], uid.getFirst());
    }

    private static TomboloException refused(String what) {
        return new TomboloException(
                Fault.WORKLOAD_TOKEN_REFUSED,
                "service account token",
                what,
                "mount a serviceAccountToken volume with audience " + AUDIENCE);
    }

    private static TomboloException unreachable(String what, String fix) {
        return new TomboloException(Fault.KUBERNETES_UNREACHABLE, "the Kubernetes API", what, fix);
    }

    @Override
    public void close() {
        client.close();
    }
}
