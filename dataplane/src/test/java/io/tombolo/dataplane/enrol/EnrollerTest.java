package io.tombolo.dataplane.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.dataplane.fixture.FakeController;
import io.tombolo.dataplane.fixture.TestCluster;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.trustbundle.bundle.BundleSet;
import io.tombolo.trustbundle.key.SecretFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnrollerTest {
    private static final TestCluster WEST = new TestCluster("west");

    @TempDir
    private Path state;

    private FakeController controller;

    @BeforeEach
    void open() throws Exception {
        controller = new FakeController(WEST);
    }

    @AfterEach
    void close() throws Exception {
        controller.close();
    }

    @Test
    void aTokenGivesAnIdentity() {
        // When
        try (Enroller enroller = enrol(controller.token())) {
            // Then
            assertThat(enroller.identity().svid().id().toString())
                    .isEqualTo("spiffe://west.demo.tombolo/ns/tombolo-system/sa/gateway");
            assertThat(enroller.identity().instance()).isEqualTo(FakeController.INSTANCE);
            assertThat(enroller.bundles().get().trustDomains()).containsExactly(WEST.trustDomain());
        }
    }

    @Test
    void everyFileWithAKeyIsTheOwnersAlone() throws Exception {
        // When
        enrol(controller.token()).close();
        // Then
        for (String file : List.of("node.key", "svid.pem")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state.resolve(file))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void aTokenThatPinsAnotherCaIsNotShownToThisController() {
        // When, Then
        String token = controller.token(new TestCluster("other"));
        assertThatThrownBy(() -> enrol(token)).hasMessageContaining("TB-4007");
        assertThat(controller.issued()).isZero();
    }

    @Test
    void aPodGetsItsIdentityByTheTokenThatKubernetesKeepsFresh() throws Exception {
        // Given
        controller.knowsNobody(1);
        Path file = Files.writeString(state.resolve("sa"), "e30.e30.sig\n");
        // When
        try (Enroller enroller = Enroller.open(pod(file, WEST), InstantSource.system())) {
            // Then: it asked once more, as nothing was known
            assertThat(enroller.identity().instance()).isEqualTo(FakeController.INSTANCE);
            assertThat(controller.podTokens()).containsExactly("e30.e30.sig", "e30.e30.sig");
        }
    }

    @Test
    void aPodThatWasForgottenSaysOnceMoreWhoItIs() throws Exception {
        // Given
        Path file = Files.writeString(state.resolve("sa"), "e30.e30.sig\n");
        controller.issueFor(Duration.ofSeconds(2));
        try (Enroller enroller = Enroller.open(pod(file, WEST), InstantSource.system())) {
            controller.issueFor(Duration.ofHours(1));
            // When
            controller.forgets();
            enroller.start(new Metrics());
            // Then
            long deadline = System.nanoTime() + 10_000_000_000L;
            while (controller.podTokens().size() < 2) {
                assertThat(System.nanoTime()).isLessThan(deadline);
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void aPodShowsItsTokenToNobodyButItsOwnController() throws Exception {
        Path file = Files.writeString(state.resolve("sa"), "e30.e30.sig\n");
        assertThatThrownBy(() -> Enroller.open(pod(file, new TestCluster("other")), InstantSource.system()))
                .hasMessageContaining("TB-4007");
        assertThat(controller.podTokens()).isEmpty();
        Path none = state.resolve("none");
        assertThatThrownBy(() -> Enroller.open(pod(none, WEST), InstantSource.system()))
                .hasMessageContaining("kubernetes.token-file")
                .hasMessageContaining("audience tombolo-controller");
    }

    private EnrolSettings pod(Path file, TestCluster pinned) {
        return new EnrolSettings(
                state,
                Optional.empty(),
                Optional.of(new PodToken(file, pinned.ca().pin())),
                List.of(new HostPort("127.0.0.1", controller.port())),
                Duration.ofSeconds(2));
    }

    @Test
    void aRestartWithEverythingDownGivesTheSameIdentity() throws Exception {
        // Given
        Enroller first = enrol(controller.token());
        first.close();
        controller.close();
        // When
        try (Enroller again = Enroller.open(settings(Optional.empty()), InstantSource.system())) {
            // Then
            assertThat(again.identity().svid().serial())
                    .isEqualTo(first.identity().svid().serial());
        }
    }

    @Test
    void aRenewalNeedsTheNodeKeyOnlyAndIsSeenByTheSupplier() {
        try (Enroller enroller = enrol(controller.token())) {
            // Given
            var svid = enroller.svid();
            var before = svid.get();
            // When
            enroller.renew();
            // Then
            assertThat(svid.get().serial()).isNotEqualTo(before.serial());
            assertThat(svid.get().chain().getFirst().getPublicKey())
                    .isNotEqualTo(before.chain().getFirst().getPublicKey());
        }
    }

    @Test
    void anExpiredIdentityIsRenewedAtTheStart() {
        // Given
        controller.issueFor(Duration.ofSeconds(1));
        enrol(controller.token()).close();
        controller.issueFor(Duration.ofHours(1));
        InstantSource later = () -> Instant.now().plusSeconds(60);
        // When
        try (Enroller again = Enroller.open(settings(Optional.empty()), later)) {
            // Then
            assertThat(again.identity().svid().notAfter()).isAfter(later.instant());
        }
    }

    @Test
    void renewalsComeBeforeTheEnd() {
        // Given
        controller.issueFor(Duration.ofSeconds(2));
        try (Enroller enroller = enrol(controller.token())) {
            // When
            enroller.start(new Metrics());
            // Then
            long deadline = System.nanoTime() + 10_000_000_000L;
            while (controller.issued() < 3) {
                assertThat(System.nanoTime()).isLessThan(deadline);
                Thread.onSpinWait();
            }
            assertThat(enroller.identity().svid().notAfter())
                    .isAfter(Instant.now().minusMillis(500));
        }
    }

    @Test
    void closeReturnsWhenTheRenewalThatRunsHasEnded() throws Exception {
        // Given
        controller.issueFor(Duration.ofSeconds(1));
        var renewing = new LateRenewal();
        Enroller enroller = Enroller.open(settings(Optional.of(tokenFile(controller.token()))), renewing);
        var endedBefore = new CompletableFuture<Boolean>();
        renewing.closer = Thread.ofPlatform().unstarted(() -> {
            enroller.close();
            endedBefore.complete(renewing.ended);
        });
        // When
        enroller.start(new Metrics());
        // Then
        assertThat(endedBefore.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anSvidThatTheOwnBundleDoesNotVerifyIsRenewedAtOnceAndOnlyOnce() {
        try (Enroller enroller = enrol(controller.token())) {
            // Given
            var before = enroller.identity().svid();
            BundleSet nextEpoch = BundleSet.of(List.of(new TestCluster("west").bundle()));
            // When
            enroller.renewUnlessVerifiedBy(BundleSet.of(List.of(WEST.bundle())));
            enroller.renewUnlessVerifiedBy(nextEpoch);
            enroller.renewUnlessVerifiedBy(nextEpoch);
            // Then
            long deadline = System.nanoTime() + 10_000_000_000L;
            while (enroller.identity().svid() == before) {
                assertThat(System.nanoTime()).isLessThan(deadline);
                Thread.onSpinWait();
            }
            assertThat(controller.issued()).isEqualTo(2);
        }
    }

    @Test
    void withoutIdentityAndTokenTheMessageSaysWhatToDo() {
        assertThatThrownBy(() -> Enroller.open(settings(Optional.empty()), InstantSource.system()))
                .hasMessageContaining("TB-1003")
                .hasMessageContaining("gateway token create");
    }

    @Test
    void aTokenFileThatOthersCanReadIsRefused() throws Exception {
        // Given
        Path file = state.resolve("open.token");
        Files.writeString(file, controller.token());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        // When, Then
        assertThatThrownBy(() -> Enroller.open(settings(Optional.of(file)), InstantSource.system()))
                .hasMessageContaining("TB-1006");
    }

    /** A clock whose reader, when it is the renewing thread, goes on only once the closing thread waits or is done. */
    private static final class LateRenewal implements InstantSource {
        private volatile Thread closer = Thread.currentThread();
        private volatile boolean ended;

        @Override
        public Instant instant() {
            if (Thread.currentThread().getName().equals("enrol") && closer.getState() == Thread.State.NEW) {
                closer.start();
                Set<Thread.State> busy = Set.of(Thread.State.RUNNABLE, Thread.State.BLOCKED);
                while (busy.contains(closer.getState())) {
                    Thread.onSpinWait();
                }
                ended = closer.isAlive();
            }
            return Instant.now();
        }
    }

    private Enroller enrol(String token) {
        return Enroller.open(settings(Optional.of(tokenFile(token))), InstantSource.system());
    }

    private Path tokenFile(String token) {
        Path file = state.resolve("token");
        SecretFile.write(file, (token + "\n").getBytes(StandardCharsets.US_ASCII));
        return file;
    }

    private EnrolSettings settings(Optional<Path> tokenFile) {
        return new EnrolSettings(state, tokenFile, List.of(), Duration.ofSeconds(2));
    }
}
