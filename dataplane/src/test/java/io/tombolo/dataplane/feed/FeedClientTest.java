package io.tombolo.dataplane.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.dataplane.enrol.EnrolSettings;
import io.tombolo.dataplane.enrol.Enroller;
import io.tombolo.dataplane.fixture.Configs;
import io.tombolo.dataplane.fixture.FakeController;
import io.tombolo.dataplane.fixture.TestCluster;
import io.tombolo.dataplane.fixture.Updates;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.model.catalog.ClusterGateways;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.catalog.MemberState;
import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.name.InstanceHostname;
import io.tombolo.model.name.InstanceId;
import io.tombolo.trustbundle.key.SecretFile;
import io.tombolo.wire.codec.FeedEntry;
import io.tombolo.wire.feed.FromProxy;
import io.tombolo.wire.feed.Start;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedClientTest {
    private static final TestCluster WEST = new TestCluster("west");
    private static final FeedEntry OWN = Configs.own(WEST, Optional.empty());
    private static final FeedEntry SERVED = Configs.served(WEST, true, ExportMode.PASSTHROUGH);

    private static final TestCluster EAST = new TestCluster("east");
    private static final FeedEntry WEST_BUNDLE = Configs.bundle(WEST);
    private static final FeedEntry EAST_BUNDLE = Configs.bundle(EAST);
    private static final FeedEntry EAST_ADMITTED = Configs.member(EAST, MemberState.ADMITTED);
    private static final FeedEntry EAST_EVICTED = Configs.member(EAST, MemberState.EVICTED);
    private static final FeedEntry EAST_GATEWAYS = Configs.gateways(EAST, 7, 15_443, true);

    @TempDir
    private Path state;

    private final CurrentConfig current = new CurrentConfig();
    private final BlockingQueue<Long> versions = new LinkedBlockingQueue<>();
    private FakeController controller;
    private Enroller enroller;
    private FeedClient feed;

    @BeforeEach
    void open() throws Exception {
        controller = new FakeController(WEST);
        Path token = state.resolve("token");
        SecretFile.write(token, controller.token().getBytes(StandardCharsets.US_ASCII));
        enroller = Enroller.open(
                new EnrolSettings(state, Optional.of(token), List.of(), Duration.ofSeconds(20)),
                InstantSource.system());
        current.listen((before, after) -> versions.add(after.version()));
        feed = client(current);
    }

    @AfterEach
    void close() throws Exception {
        feed.close();
        enroller.close();
        controller.close();
    }

    @Test
    void whatThisProxyIsComesFirstAndEveryUpdateIsAcknowledged() throws Exception {
        // When
        feed.start();
        // Then
        Start start = controller.hears().getStart();
        assertThat(start.getVersion()).isZero();
        assertThat(start.getAddresses(0).getPort()).isEqualTo(15443);
        assertThat(start.getHostname()).isEqualTo("checkout-0");
        FakeController.push(controller.stream(), Updates.snapshot(3, OWN, SERVED));
        assertThat(controller.hears().getApplied().getVersion()).isEqualTo(3);
        assertThat(current.get().served(Configs.CHECKOUT)).isPresent();
    }

    @Test
    void reportsAreSentAndRepeatedOnTheNextStream() throws Exception {
        // Given
        feed.start();
        feed.report(InstanceState.DRAINING);
        feed.report(List.of(new PathHealth(WEST.id(), InstanceId.of(1), 250, PathHealth.State.UP)));
        assertThat(controller
                        .hears(FromProxy.MessageCase.PATHS)
                        .getPaths()
                        .getPaths(0)
                        .getRttUs())
                .isEqualTo(250);
        // When
        controller.stream().onCompleted();
        // Then
        controller.stream();
        assertThat(controller.hears(FromProxy.MessageCase.START).hasStart()).isTrue();
        assertThat(controller.hears().getMessageCase()).isEqualTo(FromProxy.MessageCase.INSTANCE);
        assertThat(controller.hears().getMessageCase()).isEqualTo(FromProxy.MessageCase.PATHS);
    }

    @Test
    void anUpdateThatDoesNotAddUpIsRefusedAndASnapshotAskedFor() throws Exception {
        // Given
        feed.start();
        var stream = controller.stream();
        FakeController.push(stream, Updates.snapshot(3, OWN));
        assertThat(controller.hears(FromProxy.MessageCase.APPLIED).getApplied().getError())
                .isEmpty();
        // When
        FakeController.push(stream, Updates.delta(3, 4, List.of(OWN), List.of(SERVED), List.of()));
        // Then
        assertThat(controller.hears(FromProxy.MessageCase.APPLIED).getApplied().getError())
                .startsWith("TB-3008");
        assertThat(controller.hears(FromProxy.MessageCase.START).getStart().getVersion())
                .isZero();
        assertThat(current.get().version()).isEqualTo(3);
        FakeController.push(controller.stream(), Updates.snapshot(4, OWN, SERVED));
        assertThat(controller.hears(FromProxy.MessageCase.APPLIED).getApplied().getError())
                .isEmpty();
    }

    @Test
    void aFeedOlderThanTheOneHeldIsRefusedAfterARestartToo() throws Exception {
        // Given
        feed.start();
        FakeController.push(controller.stream(), Updates.snapshot(9, OWN, SERVED));
        controller.hears(FromProxy.MessageCase.APPLIED);
        feed.close();
        // When
        var again = new CurrentConfig();
        feed = client(again);
        feed.start();
        // Then
        assertThat(again.get().version()).isEqualTo(9);
        assertThat(controller.hears(FromProxy.MessageCase.START).getStart().getVersion())
                .isEqualTo(9);
        FakeController.push(controller.stream(), Updates.snapshot(8, OWN));
        assertThat(controller.hears(FromProxy.MessageCase.APPLIED).getApplied().getError())
                .startsWith("TB-3003");
        assertThat(again.get().served(Configs.CHECKOUT)).isPresent();
    }

    @Test
    void withTheControllerDownTheStateOnDiskIsServedAtOnce() throws Exception {
        // Given
        feed.start();
        FakeController.push(controller.stream(), Updates.snapshot(9, OWN, SERVED));
        controller.hears(FromProxy.MessageCase.APPLIED);
        feed.close();
        controller.close();
        // When
        var again = new CurrentConfig();
        feed = client(again);
        feed.start();
        // Then
        assertThat(again.get().served(Configs.CHECKOUT)).isPresent();
        assertThat(feed.awaitState(5_000)).isTrue();
        assertThat(feed.isConnected()).isFalse();
    }

    @Test
    void othersAreReachedFromTheStateOnDiskOnlyWhenNobodyKnewBetterForTwoSeconds() throws Exception {
        // Given
        stopsHolding(OWN, WEST_BUNDLE, EAST_ADMITTED, EAST_BUNDLE, EAST_GATEWAYS);
        controller.close();
        var again = new CurrentConfig();
        feed = client(again);
        // When
        feed.start();
        // Then
        assertThat(feed.awaitState(0)).isFalse();
        assertThat(reaches(again.get(), EAST)).isFalse();
        assertThat(again.get().bundles().trustDomains()).containsExactly(WEST.trustDomain());
        assertThat(feed.awaitState(5_000)).isTrue();
        assertThat(reaches(again.get(), EAST)).isTrue();
    }

    @Test
    void whoWasEvictedWhileThisProxyWasAwayIsNeverReachedAgain() throws Exception {
        // Given
        stopsHolding(OWN, WEST_BUNDLE, EAST_ADMITTED, EAST_BUNDLE, EAST_GATEWAYS);
        var again = new CurrentConfig();
        var reached = new LinkedBlockingQueue<Boolean>();
        again.listen((before, after) -> reached.add(reaches(after, EAST)));
        feed = client(again);
        // When
        feed.start();
        FakeController.push(
                controller.stream(), Updates.snapshot(10, OWN, WEST_BUNDLE, EAST_EVICTED, EAST_BUNDLE, EAST_GATEWAYS));
        controller.hears(FromProxy.MessageCase.APPLIED);
        // Then
        assertThat(reached).containsExactly(false, false);
        assertThat(feed.awaitState(0)).isTrue();
    }

    @Test
    void newsThatIsTooOldLeavesTheOwnClusterOnly() throws Exception {
        // Given
        var old = new FeedEntry.News(Instant.now().minus(Duration.ofHours(25)), Duration.ofHours(24));
        // When
        feed.start();
        var stream = controller.stream();
        FakeController.push(
                stream, Updates.snapshot(9, OWN, SERVED, WEST_BUNDLE, EAST_ADMITTED, EAST_BUNDLE, EAST_GATEWAYS, old));
        controller.hears(FromProxy.MessageCase.APPLIED);
        // Then
        assertThat(reaches(current.get(), EAST)).isFalse();
        assertThat(current.get().bundles().trustDomains()).containsExactly(WEST.trustDomain());
        assertThat(current.get().served(Configs.CHECKOUT)).isPresent();
        // When
        var fresh = new FeedEntry.News(Instant.now(), Duration.ofHours(24));
        FakeController.push(
                stream,
                Updates.snapshot(10, OWN, SERVED, WEST_BUNDLE, EAST_ADMITTED, EAST_BUNDLE, EAST_GATEWAYS, fresh));
        controller.hears(FromProxy.MessageCase.APPLIED);
        // Then
        assertThat(reaches(current.get(), EAST)).isTrue();
    }

    private void stopsHolding(FeedEntry... entries) throws Exception {
        feed.start();
        FakeController.push(controller.stream(), Updates.snapshot(9, entries));
        controller.hears(FromProxy.MessageCase.APPLIED);
        feed.close();
    }

    private static boolean reaches(ProxyConfig config, TestCluster cluster) {
        return config.bundles().find(cluster.trustDomain()).isPresent()
                && config.gateways(cluster.id())
                        .filter(ClusterGateways::trusted)
                        .isPresent();
    }

    @Test
    void aControllerThatComesBackIsFollowedAgain() throws Exception {
        // Given
        feed.start();
        FakeController.push(controller.stream(), Updates.snapshot(3, OWN));
        controller.hears(FromProxy.MessageCase.APPLIED);
        int port = controller.port();
        // When
        controller.close();
        controller = new FakeController(WEST, port);
        // Then
        FakeController.push(controller.stream(), Updates.snapshot(4, OWN, SERVED));
        assertThat(versions.poll(30, TimeUnit.SECONDS)).isEqualTo(3);
        assertThat(versions.poll(30, TimeUnit.SECONDS)).isEqualTo(4);
    }

    @Test
    void aTornFileIsSetAsideAndNamed() throws Exception {
        // Given
        feed.start();
        FakeController.push(controller.stream(), Updates.snapshot(9, OWN, SERVED));
        controller.hears(FromProxy.MessageCase.APPLIED);
        feed.close();
        byte[] whole = Files.readAllBytes(state.resolve("feed"));
        Files.write(state.resolve("feed"), java.util.Arrays.copyOf(whole, whole.length / 2));
        // When
        var again = new CurrentConfig();
        feed = client(again);
        feed.start();
        // Then
        assertThat(again.get().version()).isZero();
        try (var files = Files.list(state)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .anyMatch(name -> name.startsWith("feed.damaged-"));
        }
    }

    @Test
    void aControllerOfAnotherClusterIsNotFollowed() throws Exception {
        // Given
        int port = controller.port();
        controller.close();
        controller = new FakeController(new TestCluster("west"), port); // the same name, another CA
        // When
        feed.start();
        // Then
        assertThat(feed.awaitState(500)).isFalse();
        assertThat(current.get().version()).isZero();
    }

    private FeedClient client(CurrentConfig into) {
        var presence = new Presence(
                List.of(new HostPort("127.0.0.1", 15443)),
                "test",
                List.of(),
                "",
                100,
                Optional.of(new InstanceHostname("checkout-0")),
                false);
        var settings = new FeedSettings(state, 1_024 * 1_024, Duration.ofMillis(10), Duration.ofMillis(100));
        return new FeedClient(
                settings, presence, enroller, into, Optional.empty(), new Metrics(), InstantSource.system());
    }
}
