package io.tombolo.controller.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tombolo.model.fault.Fault;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TroublesTest {
    private final Troubles troubles = new Troubles();

    private static ApiTrouble trouble(int status, String message) {
        return ApiTrouble.of(new KubernetesClientException(
                message, status, new StatusBuilder().withCode(status).build()));
    }

    private boolean isNew(String what) {
        return troubles.isNew(trouble(500, what));
    }

    @Test
    void twoKindsThatComeInTurnAreToldOnceEach() {
        assertThat(isNew("here")).isTrue();
        assertThat(isNew("there")).isTrue();
        assertThat(isNew("here")).isFalse();
        assertThat(isNew("there")).isFalse();
    }

    @Test
    void whatComesBackAfterItWasOverIsToldAgain() {
        assertThat(isNew("here")).isTrue();
        assertThat(troubles.warnings()).hasSize(1);
        troubles.over();
        assertThat(troubles.warnings()).isEmpty();
        assertThat(isNew("here")).isTrue();
    }

    @Test
    void troubleThatHasAnotherNameEachTimeFillsNeitherLogNorStatus() {
        long told = IntStream.range(0, 1_000)
                .filter(i -> isNew("resource version " + i))
                .count();
        assertThat(told).isEqualTo(16);
        IntStream.range(0, 1_000)
                .forEach(i -> troubles.isNew(trouble(403, "cannot get resource \"r" + i + "\" in API group \"\"")));
        assertThat(troubles.warnings()).hasSize(16);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            services is forbidden: User "u" cannot list resource "services" in API group "" at the cluster scope | list services of all namespaces
            x is forbidden: User "u" cannot update resource "serviceexports/status" in API group "multicluster.x-k8s.io" in the namespace "shop" | update serviceexports/status.multicluster.x-k8s.io in the namespace shop
            something else entirely | do all that it has to
            """)
    void aRightThatIsMissingIsNamedAndNoStackTraceIsNeeded(String said, String right) {
        // Given what the API server says, handed on by an informer
        ApiTrouble trouble = ApiTrouble.of(new CompletionException(new KubernetesClientException(
                said, 403, new StatusBuilder().withCode(403).build())));
        // Then
        assertThat(trouble.fault()).isEqualTo(Fault.KUBERNETES_FORBIDDEN);
        assertThat(trouble.warning().orElseThrow())
                .startsWith("TB-7103 the Kubernetes API does not let this controller " + right + ";")
                .contains("kubectl apply -f deploy/kubernetes/rbac.yaml");
    }

    @Test
    void aKindThatIsNotInstalledIsToldAndWarnsNobody() {
        assertThat(troubles.isNew(trouble(404, "not found"))).isTrue();
        assertThat(troubles.warnings()).isEmpty();
    }

    @Test
    void anApiServerThatIsNotThereIsOneWarningWhateverTheClientSays() {
        for (String said : new String[] {"refused", "reset", "timeout"}) {
            troubles.isNew(ApiTrouble.of(new IOException(said)));
        }
        assertThat(troubles.warnings()).singleElement().asString().startsWith("TB-7101 ");
    }
}
