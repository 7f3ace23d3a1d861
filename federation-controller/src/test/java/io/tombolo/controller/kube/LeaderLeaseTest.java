package io.tombolo.controller.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true, https = false) // no key is made for each test
@SuppressWarnings("NullAway.Init") // the client is set by the extension
class LeaderLeaseTest {
    private static final Pattern BY_HAND =
            Pattern.compile("kubectl patch lease -n tombolo-system tombolo-controller --type=merge -p '(.+)'");

    private static KubernetesClient client;
    private LeaderLease lease;

    @BeforeEach
    void begin() {
        client.leases().inNamespace("tombolo-system").delete();
        lease = new LeaderLease(client, "tombolo-system", InstantSource.system());
    }

    @Test
    void whatIsWrittenIsRead() {
        var claim = new LeaderClaim("c-0", Optional.of("c-1"), Map.of("proxies", "10.0.0.1:15010"), 3);
        assertThat(lease.read()).isEmpty();
        lease.write(Optional.empty(), claim);
        assertThat(lease.read().orElseThrow().claim()).isEqualTo(claim);
    }

    @Test
    void whoDoesNotKnowWhatStandsThereWritesNothing() {
        // Given
        var claim = new LeaderClaim("c-0", Optional.of("c-1"), Map.of(), 3);
        var first = lease.write(Optional.empty(), claim);
        assertThat(lease.write(first, claim.withInStep(Optional.empty()))).isPresent();
        // Then
        assertThat(lease.write(first, claim.takenBy("c-1"))).isEmpty();
        assertThat(lease.write(Optional.empty(), claim.takenBy("c-1"))).isEmpty();
        assertThat(lease.read().orElseThrow().claim()).isEqualTo(claim.withInStep(Optional.empty()));
    }

    @Test
    void theDocumentedPatchNamesOneReplicaAsLeaderAndInStep() throws IOException {
        // Given
        var claim = new LeaderClaim("tombolo-controller-0", Optional.empty(), Map.of("proxies", "10.0.0.1:15010"), 3);
        lease.write(Optional.empty(), claim);
        var command = BY_HAND.matcher(Files.readString(Path.of("../docs/kubernetes.md")));
        assertThat(command.find()).isTrue();
        // When
        client.resources(Lease.class)
                .inNamespace("tombolo-system")
                .withName(LeaderLease.NAME)
                .patch(PatchContext.of(PatchType.JSON_MERGE), command.group(1));
        // Then
        assertThat(lease.read().orElseThrow().claim())
                .isEqualTo(new LeaderClaim(
                        "tombolo-controller-1", Optional.of("tombolo-controller-1"), claim.addresses(), 3));
    }
}
