package io.tombolo.controller.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.authentication.TokenReview;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnableKubernetesMockClient(https = false) // no key is made for each test
@SuppressWarnings("NullAway.Init") // server and client are set by the extension
class TokenReviewsTest {
    private static final String PATH = "/apis/authentication.k8s.io/v1/tokenreviews";
    private static final String UID = "authentication.kubernetes.io/pod-uid";

    private static KubernetesMockServer server;
    private static KubernetesClient client;
    private int before;

    @BeforeEach
    void forget() {
        server.clearExpectations();
        before = server.getRequestCount();
    }

    private static String token(String claims) {
        return "e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".c2ln";
    }

    private static String ours() {
        return token("{\"aud\":[\"tombolo-controller\"],\"sub\":\"system:serviceaccount:kube-system:admin\"}");
    }

    private void answers(boolean authenticated, List<String> audiences, String user, Map<String, List<String>> extra) {
        TokenReview review = new TokenReviewBuilder()
                .withNewStatus()
                .withAuthenticated(authenticated)
                .withAudiences(audiences)
                .withNewUser()
                .withUsername(user)
                .withExtra(extra)
                .endUser()
                .endStatus()
                .build();
        server.expect().post().withPath(PATH).andReturn(201, review).always();
    }

    private PodAccount asked(String token) {
        return new TokenReviews(client, 1).pod(token);
    }

    @Test
    void whoItIsIsWhatTheApiServerSaysAndNotTheToken() throws Exception {
        answers(
                true,
                List.of("tombolo-controller"),
                "system:serviceaccount:shop:checkout",
                Map.of(UID, List.of("uid-1"), "authentication.kubernetes.io/pod-name", List.of("checkout-x")));
        String token = ours();
        assertThat(asked(token)).isEqualTo(new PodAccount("shop", "checkout", "uid-1"));
        String sent = server.getLastRequest().getBody().readUtf8();
        assertThat(sent).contains(token, "\"audiences\":[\"tombolo-controller\"]");
    }

    @Test
    void aTokenThatIsNotValidIsRefused() {
        answers(false, List.of("tombolo-controller"), "system:serviceaccount:shop:checkout", Map.of(UID, List.of("u")));
        assertThatThrownBy(() -> asked(ours())).hasMessageContaining("TB-5004");
    }

    @Test
    void anApiServerThatDoesNotSayForWhomATokenWasMadeIsNotBelieved() {
        answers(true, List.of(), "system:serviceaccount:shop:checkout", Map.of(UID, List.of("u")));
        assertThatThrownBy(() -> asked(ours())).hasMessageContaining("TB-5004").hasMessageContaining("audience");
    }

    @Test
    void aTokenForSomebodyElseIsRefused() {
        answers(true, List.of("vault"), "system:serviceaccount:shop:checkout", Map.of(UID, List.of("u")));
        assertThatThrownBy(() -> asked(ours())).hasMessageContaining("TB-5004");
    }

    @Test
    void aTokenThatWasMadeByHandBelongsToNoPod() {
        answers(true, List.of("tombolo-controller"), "system:serviceaccount:shop:checkout", Map.of());
        assertThatThrownBy(() -> asked(ours())).hasMessageContaining("belongs to no pod");
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "system:node:a", "system:serviceaccount:shop", "system:serviceaccount:a:b:c"})
    void whoIsNoServiceAccountIsNoPod(String user) {
        answers(true, List.of("tombolo-controller"), user, Map.of(UID, List.of("u")));
        assertThatThrownBy(() -> asked(ours())).hasMessageContaining("TB-5004");
    }

    @Test
    void theApiServerIsNotAskedAboutWhatIsNotMeantForUs() {
        for (String other : List.of(
                "",
                "x",
                "a.b.c",
                "e30.e30.e30",
                token("{\"aud\":\"vault\"}"),
                token("{\"aud\":{\"a\":1}}"),
                token("[".repeat(3000)),
                token("{\"aud\":[\"tombolo-controller\"]}") + ".x",
                token("{\"aud\":[\"tombolo-controller\"],\"x\":\"" + "y".repeat(20_000) + "\"}"))) {
            assertThatThrownBy(() -> asked(other)).hasMessageContaining("TB-5004");
        }
        assertThat(server.getRequestCount()).isEqualTo(before);
    }

    @Test
    void aMissingRightIsNamedAndNothingIsConcluded() {
        server.expect()
                .post()
                .withPath(PATH)
                .andReturn(403, "{\"message\":\"inside\"}")
                .always();
        assertThatThrownBy(() -> asked(ours()))
                .hasMessageContaining("TB-7101")
                .hasMessageContaining("create tokenreviews.authentication.k8s.io")
                .hasMessageNotContaining("inside");
    }

    @Test
    void whoeverAsksTooMuchDoesNotReachTheApiServer() {
        assertThatThrownBy(() -> new TokenReviews(client, 0).pod(ours()))
                .hasMessageContaining("TB-7101")
                .hasMessageContaining("controller.kubernetes.token-reviews");
        assertThat(server.getRequestCount()).isEqualTo(before);
    }
}
