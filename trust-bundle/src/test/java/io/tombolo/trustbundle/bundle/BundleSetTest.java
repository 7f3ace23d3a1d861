package io.tombolo.trustbundle.bundle;

import static io.tombolo.trustbundle.Faults.assertRefused;
import static io.tombolo.trustbundle.x509.TestMesh.EAST;
import static io.tombolo.trustbundle.x509.TestMesh.WEST;
import static io.tombolo.trustbundle.x509.TestMesh.bundle;
import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.fault.Fault;
import io.tombolo.trustbundle.x509.TestMesh;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BundleSetTest {
    private final TestMesh mesh = new TestMesh();
    private final X509Certificate next = TestMesh.authority(WEST).root();
    private final BundleSet held = BundleSet.empty().with(west(5, mesh.west.root()));

    @Test
    void higherSequenceReplacesOnlyItsOwnTrustDomain() {
        // When
        BundleSet set = held.with(bundle(mesh.east)).with(west(6, mesh.west.root(), next));
        // Then
        assertThat(set.find(WEST).orElseThrow().roots()).containsExactly(mesh.west.root(), next);
        assertThat(set.find(EAST).orElseThrow().roots()).containsExactly(mesh.east.root());
        assertThat(set.sequences()).isEqualTo(Map.of(WEST, 6L, EAST, 1L));
    }

    @Test
    void lowerSequenceIsRefusedAndNothingChanges() {
        assertRefused(Fault.BAD_BUNDLE, () -> held.with(west(4, next)));
        assertRefused(Fault.BAD_BUNDLE, () -> held.with(west(4, mesh.west.root())));
        assertThat(held.find(WEST).orElseThrow().roots()).containsExactly(mesh.west.root());
    }

    @Test
    void sameSequenceWithOtherContentsIsRefused() {
        assertRefused(Fault.BAD_BUNDLE, () -> held.with(west(5, next)));
        assertRefused(Fault.BAD_BUNDLE, () -> held.with(west(5, mesh.west.root(), next)));
    }

    @Test
    void sameBundleAgainIsTheSameSet() {
        assertThat(held.with(west(5, mesh.west.root()))).isSameAs(held);
    }

    @Test
    void removedTrustDomainHasNoRootsAnyMore() {
        assertThat(held.without(WEST).find(WEST)).isEmpty();
        assertThat(held.without(EAST)).isEqualTo(held);
    }

    @Test
    void setIsEqualToOneOfTheSameBundles() {
        BundleSet one = BundleSet.of(List.of(bundle(mesh.west), bundle(mesh.east)));
        BundleSet other = BundleSet.of(List.of(bundle(mesh.east), bundle(mesh.west)));
        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other).hasToString(other.toString());
    }

    private static TrustBundle west(long sequence, X509Certificate... roots) {
        return new TrustBundle(WEST, sequence, List.of(roots));
    }
}
