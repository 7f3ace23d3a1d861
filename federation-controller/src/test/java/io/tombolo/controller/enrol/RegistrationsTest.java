package io.tombolo.controller.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.controller.tokens.ProxyRole;
import io.tombolo.trustbundle.key.Ed25519Key;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistrationsTest {
    private static final Instant NOW = Instant.parse("2026-11-27T08:00:00Z");
    private static final ProxyRole CHECKOUT = new ProxyRole.Workload("shop", "checkout");
    private static final Pods.Pod POD = new Pods.Pod(CHECKOUT, "uid-1");

    @TempDir
    private Path home;

    private final Ed25519PublicKey node = Ed25519Key.generate().publicKey();
    private final Ed25519PublicKey thief = Ed25519Key.generate().publicKey();

    @Test
    void aPodHasOneKeyAsLongAsItLivesAlsoAfterTheControllerStartedAgain() {
        Registration first;
        try (StateDirectory state = StateDirectory.take(home)) {
            var registrations = new Registrations(state);
            first = registrations.registerPod(node, POD, NOW);
            // Asking twice gives the same
            assertThat(registrations.registerPod(node, POD, NOW).instance()).isEqualTo(first.instance());
            assertThatThrownBy(() -> registrations.registerPod(thief, POD, NOW))
                    .hasMessageContaining("TB-5005")
                    .hasMessageContaining("another key");
        }
        try (StateDirectory state = StateDirectory.take(home)) {
            var registrations = new Registrations(state);
            assertThat(registrations.find(node)).contains(first);
            assertThatThrownBy(() -> registrations.registerPod(thief, POD, NOW)).hasMessageContaining("TB-5005");
        }
    }

    @Test
    void whatAnswersForNamesIsThatAndNoGatewayAlsoAfterTheControllerStartedAgain() {
        var names = new Pods.Pod(ProxyRole.of("tombolo-system", "dns"), "uid-1");
        try (StateDirectory state = StateDirectory.take(home)) {
            new Registrations(state).registerPod(node, names, NOW);
        }
        try (StateDirectory state = StateDirectory.take(home)) {
            assertThat(new Registrations(state).find(node))
                    .map(Registration::role)
                    .contains(new ProxyRole.Names());
        }
    }

    @Test
    void aPodThatIsGoneIsForgottenSoonAndOthersAreNot() {
        try (StateDirectory state = StateDirectory.take(home)) {
            // Given
            var registrations = new Registrations(state);
            registrations.registerPod(node, POD, NOW);
            Ed25519PublicKey machine = Ed25519Key.generate().publicKey();
            registrations.register(machine, CHECKOUT, NOW);
            // When
            Instant later = NOW.plus(Duration.ofDays(3));
            // Then
            assertThatThrownBy(() -> registrations.renewed(node, later)).hasMessageContaining("TB-5005");
            assertThat(registrations.renewed(machine, later).role()).isEqualTo(CHECKOUT);
            // When another pod comes
            registrations.registerPod(thief, new Pods.Pod(CHECKOUT, "uid-2"), later);
            // Then
            assertThat(registrations.find(node)).isEmpty();
        }
    }

    @Test
    void aDiskThatOutlivesItsPodIsTheNextPodsOnceTheFirstIsForgotten() {
        try (StateDirectory state = StateDirectory.take(home)) {
            var registrations = new Registrations(state);
            registrations.registerPod(node, POD, NOW);
            var next = new Pods.Pod(CHECKOUT, "uid-2");
            assertThatThrownBy(() -> registrations.registerPod(node, next, NOW)).hasMessageContaining("TB-5005");
            Instant later = NOW.plus(Duration.ofDays(3));
            assertThat(registrations.registerPod(node, next, later).pod()).contains("uid-2");
        }
    }

    @Test
    void aKeyThatIsSomethingElseAlreadyIsRefused() {
        try (StateDirectory state = StateDirectory.take(home)) {
            var registrations = new Registrations(state);
            registrations.register(node, CHECKOUT, NOW);
            assertThatThrownBy(() -> registrations.registerPod(node, POD, NOW)).hasMessageContaining("TB-5005");
        }
    }
}
