package io.tombolo.controller.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.controller.identity.CurrentMembership;
import io.tombolo.controller.identity.MemberKeys;
import io.tombolo.controller.identity.Membership;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationId;
import io.tombolo.model.name.FederationName;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.trustbundle.bundle.BundleSet;
import io.tombolo.trustbundle.key.P256Key;
import io.tombolo.trustbundle.verify.PeerVerifier;
import io.tombolo.trustbundle.x509.SvidRequest;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeshCaTest {
    private static final TrustDomain WEST = new TrustDomain("west.demo.tombolo");

    @TempDir
    Path dir;

    private StateDirectory state;
    private CurrentMembership membership;
    private MeshCa mesh;

    @BeforeEach
    void start() {
        state = StateDirectory.take(dir.resolve("west"));
        membership = new CurrentMembership(state);
        mesh = new MeshCa(state, membership, InstantSource.system());
    }

    @AfterEach
    void end() {
        state.close();
    }

    @Test
    void beforeTheFirstMembershipThereIsNone() {
        assertThatThrownBy(mesh::bundle).hasMessageContaining("TB-4015 NOT_JOINED");
        assertThat(mesh.recognised().sequences()).isEmpty();
    }

    @Test
    void aJoinThatIsRepeatedShowsTheSameRootAndItIsTheOneOfTheEpoch() {
        // Given
        X509Certificate shown = mesh.next(WEST).root();
        // When
        X509Certificate again =
                new MeshCa(state, membership, InstantSource.system()).next(WEST).root();
        admitted(1);
        // Then
        assertThat(again).isEqualTo(shown);
        assertThat(mesh.authority().root()).isEqualTo(shown);
    }

    @Test
    void whatWasIssuedInAFormerEpochVerifiesNowhereButIsRecognisedAtHome() {
        // Given
        mesh.next(WEST);
        admitted(1);
        List<X509Certificate> old = issue();
        var before = mesh.bundle();
        // When
        mesh.next(WEST);
        admitted(2);
        // Then
        assertThat(mesh.bundle().sequence()).isGreaterThan(before.sequence());
        assertThat(mesh.bundle().roots()).doesNotContainAnyElementsOf(before.roots());
        BundleSet now = BundleSet.of(List.of(mesh.bundle()));
        assertThatThrownBy(() -> PeerVerifier.verify(old, now, Instant.now())).hasMessageContaining("TB-5001");
        assertThat(PeerVerifier.verify(issue(), now, Instant.now()).id().trustDomain())
                .isEqualTo(WEST);
        assertThat(PeerVerifier.verify(old, mesh.recognised(), Instant.now())
                        .id()
                        .trustDomain())
                .isEqualTo(WEST);
    }

    @Test
    void theKeyThatUsersAndProxiesPinStaysTheSameInEveryEpoch() {
        // Given
        var own = new ClusterCa(state, WEST, Instant.now());
        mesh.next(WEST);
        // When
        admitted(1);
        // Then
        assertThat(new ClusterCa(state, WEST, Instant.now()).pin()).isEqualTo(own.pin());
        assertThat(mesh.authority().pin()).isNotEqualTo(own.pin());
    }

    @Test
    void keysOfAJoinThatCanNeverBeDoneAreDroppedAndOthersMade() {
        // Given
        X509Certificate shown = mesh.next(WEST).root();
        // When
        MemberKeys.dropNext(state);
        // Then
        assertThat(mesh.next(WEST).root().getPublicKey()).isNotEqualTo(shown.getPublicKey());
    }

    private void admitted(long epoch) {
        membership.set(new Membership(
                new ClusterId("west"),
                new FederationName("demo"),
                new FederationId("ab".repeat(32)),
                epoch,
                WEST,
                false,
                Membership.Ended.NO));
        MemberKeys.of(state, epoch);
    }

    private List<X509Certificate> issue() {
        SpiffeId id = SpiffeId.gateway(WEST);
        var request = new SvidRequest(
                P256Key.generate().publicKey(), id, Optional.empty(), Instant.now(), Duration.ofHours(1));
        return mesh.authority().issue(request);
    }
}
