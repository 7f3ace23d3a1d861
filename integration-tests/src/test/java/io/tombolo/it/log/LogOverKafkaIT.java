package io.tombolo.it.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.tombolo.catalog.members.Admission;
import io.tombolo.catalog.members.MemberChange;
import io.tombolo.catalog.members.MembersLog;
import io.tombolo.catalog.record.AuthorityKey;
import io.tombolo.catalog.record.Grants;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.RecordSigner;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.catalog.view.CatalogView;
import io.tombolo.controller.backbone.BackboneAdmin;
import io.tombolo.controller.backbone.BackboneMember;
import io.tombolo.controller.backbone.BackbonePrincipal;
import io.tombolo.controller.backbone.BackboneTopics;
import io.tombolo.controller.backbone.Replication;
import io.tombolo.controller.publish.WriterState;
import io.tombolo.it.actors.Backbone;
import io.tombolo.it.actors.Deep;
import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.Consumer;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.ExportedService;
import io.tombolo.model.catalog.Freshness;
import io.tombolo.model.catalog.MemberState;
import io.tombolo.model.catalog.ServiceType;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.Locality;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.trustbundle.key.Ed25519Key;
import io.tombolo.trustbundle.key.P256Key;
import io.tombolo.trustbundle.x509.CertificateAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class LogOverKafkaIT {
    private static final ClusterId EAST = new ClusterId("east");
    private static final ClusterId WEST = new ClusterId("west");

    @TempDir
    Path dir;

    private final Ed25519Key authority = Ed25519Key.generate();
    private final Ed25519Key eastKey = Ed25519Key.generate();
    private final Ed25519Key westKey = Ed25519Key.generate();
    private Backbone backbone;
    private MembersLog members;

    @BeforeEach
    void foundWithTwoMembers() {
        backbone = Backbone.start();
        SignedRecord genesis = RecordSigner.genesis(
                new Payload.Genesis(
                        LogMember.DEMO,
                        List.of(new AuthorityKey(EAST, authority.publicKey())),
                        Ed25519Key.generate().publicKey(),
                        now(),
                        ByteString.copyFrom(new byte[16])),
                EAST,
                authority);
        members = admit(admit(MembersLog.founded(genesis), EAST, eastKey), WEST, westKey);
        try (var admin = new BackboneAdmin(backbone.access().connection(), Replication.BROKER_DEFAULT)) {
            admin.ensureFounded(member(EAST, true));
            admin.admit(member(WEST, false), List.of(member(EAST, true)));
        }
    }

    @AfterEach
    void end() {
        backbone.close();
    }

    @Test
    void whatOneSaysTheOtherReadsAndKnowsHowFreshItIs() {
        try (var east = start(EAST, eastKey, "east", true);
                var west = start(WEST, westKey, "west", true)) {
            // When
            var said = west.writer().put(info("eu"));
            // Then
            assertThat(said.acknowledged()).succeedsWithin(Duration.ofSeconds(20));
            var view = east.awaitView(
                    "west's word",
                    v -> v.origin(WEST)
                            .filter(o -> o.locality().region().equals("eu"))
                            .flatMap(o -> o.age())
                            .filter(age -> age.freshness() == Freshness.FRESH)
                            .isPresent());
            assertThat(view.refusals().rows()).isEmpty();
            east.awaitView("own pulse back", v -> !v.cutOff());
        }
    }

    @Deep
    @Test
    void whatWasAcceptedWhileKafkaIsDeadSurvivesTheWriterAndArrives() {
        // Given
        try (var west = start(WEST, westKey, "west", true)) {
            assertThat(west.writer().put(info("eu")).acknowledged()).succeedsWithin(Duration.ofSeconds(20));
            backbone.kill();
            // When
            assertThat(west.writer().put(info("us")).published()).isEqualTo("pending");
        }
        backbone.startAgain();
        // Then
        try (var east = start(EAST, eastKey, "east", true);
                var west = start(WEST, westKey, "west", false)) {
            east.awaitView(
                    "the later word",
                    v -> v.origin(WEST)
                            .filter(o -> o.locality().region().equals("us"))
                            .isPresent());
            assertThat(west.writer().live(Payload.ClusterInfo.class)).hasSize(1);
        }
    }

    /** JoinRefusalsIT has it with the real programs. */
    @Deep
    @Test
    void aCopiedStateDirectoryIsRefusedAndTheOriginalGoesOn() throws IOException {
        try (var original = start(WEST, westKey, "west", true)) {
            // Given
            assertThat(original.writer().put(info("eu")).acknowledged()).succeedsWithin(Duration.ofSeconds(20));
            copy(dir.resolve("west"), dir.resolve("copy"));
            // When
            try (var copy = start(WEST, westKey, "copy", false)) {
                var early = copy.writer().put(info("early"));
                // Then
                Awaitility.await()
                        .atMost(Duration.ofSeconds(20))
                        .until(() -> copy.writer().state().phase() == WriterState.Phase.CLONED);
                assertThat(early.acknowledged())
                        .failsWithin(Duration.ofSeconds(5))
                        .withThrowableThat()
                        .withMessageContaining("TB-3009");
                assertThatThrownBy(() -> copy.writer().put(info("us")))
                        .isInstanceOf(TomboloException.class)
                        .hasMessageContaining("TB-3009");
                assertThat(original.writer().put(info("us")).acknowledged()).succeedsWithin(Duration.ofSeconds(20));
            }
        }
    }

    @Deep
    @Test
    void aTopicMadeAnewIsReadFromItsBeginningAndNothingIsForgotten() throws Exception {
        try (var west = start(WEST, westKey, "west", true)) {
            // Given
            try (var east = start(EAST, eastKey, "east", true)) {
                assertThat(west.writer().put(info("eu")).acknowledged()).succeedsWithin(Duration.ofSeconds(20));
                east.awaitView("west's region", v -> hasRegion(v, "eu"));
            }
            makesAnew(WEST);
            for (int i = 0; i < 12; i++) {
                var said = west.writer().put(i == 0 ? exported("first") : info("us-" + i));
                assertThat(said.acknowledged()).succeedsWithin(Duration.ofSeconds(20));
            }
            // When
            try (var east = start(EAST, eastKey, "east", false)) {
                // Then
                assertThat(hasRegion(east.reader().current(), "eu")).isTrue();
                east.awaitView("what the new topic begins with", v -> exports(v, "first"));
                east.awaitView("its end", v -> hasRegion(v, "us-11"));
                assertThat(east.reader().rereads()).isPositive();
                assertThat(east.reader().current().refusals().rows()).isEmpty();
                // When
                makesAnew(WEST);
                var said = west.writer().put(exported("second"));
                // Then
                assertThat(said.acknowledged()).succeedsWithin(Duration.ofSeconds(20));
                var view = east.awaitView("the first word of the third topic", v -> exports(v, "second"));
                assertThat(exports(view, "first")).isTrue();
            }
        }
    }

    @Test
    void whoWasEvictedMeanwhileIsKnownBeforeTheSnapshotGoesOut() {
        // Given
        try (var east = start(EAST, eastKey, "east", true)) {
            try (var west = start(WEST, westKey, "west", true)) {
                assertThat(west.writer().put(info("eu")).acknowledged()).succeedsWithin(Duration.ofSeconds(20));
                west.awaitView("own region", v -> hasRegion(v, "eu"));
            }
            var change = new MemberChange(members, new RecordSigner(members.federation(), EAST, 1, authority));
            var gone = change.evict(WEST, true, now());
            assertThat(east.writer().publish(gone.signed()).acknowledged()).succeedsWithin(Duration.ofSeconds(20));
        }
        // When
        try (var west = start(WEST, westKey, "west", false)) {
            assertThat(west.reader().ready()).isFalse();
            Awaitility.await().pollInterval(Duration.ofMillis(5)).until(west.reader()::ready);
            // Then
            assertThat(west.reader()
                            .current()
                            .members()
                            .member(WEST)
                            .orElseThrow()
                            .state())
                    .isEqualTo(MemberState.EVICTED);
        }
    }

    private static boolean hasRegion(CatalogView view, String region) {
        return view.origin(WEST)
                .filter(o -> o.locality().region().equals(region))
                .isPresent();
    }

    private static boolean exports(CatalogView view, String name) {
        return view.origin(WEST).orElseThrow().exports().stream()
                .anyMatch(export -> export.service().name().equals(name));
    }

    /** Deletes a cluster's catalog topic, as somebody with rights on Kafka may, and makes an empty one of its name. */
    private void makesAnew(ClusterId cluster) throws Exception {
        String topic = new BackboneTopics(LogMember.DEMO).catalog(cluster);
        try (var admin = Admin.create(backbone.access().connection().clientSettings())) {
            admin.deleteTopics(List.of(topic)).all().get();
            Awaitility.await().until(() -> !admin.listTopics().names().get().contains(topic));
        }
        try (var admin = new BackboneAdmin(backbone.access().connection(), Replication.BROKER_DEFAULT)) {
            admin.admit(member(WEST, false), List.of(member(EAST, true)));
        }
    }

    private LogMember start(ClusterId cluster, Ed25519Key key, String state, boolean fresh) {
        return LogMember.start(backbone, cluster, members, key, directory(state), fresh);
    }

    private Path directory(String name) {
        try {
            return Files.createDirectories(dir.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private MembersLog admit(MembersLog before, ClusterId cluster, Ed25519Key key) {
        var trustDomain = TrustDomain.of(cluster, LogMember.DEMO);
        var ca = CertificateAuthority.create(trustDomain, P256Key.generate(), now(), Duration.ofDays(30));
        var change = new MemberChange(before, new RecordSigner(before.federation(), EAST, 1, authority));
        try {
            var root = ByteString.copyFrom(ca.root().getEncoded());
            var admission = new Admission(cluster, trustDomain, root, List.of(key.publicKey()), Grants.DEFAULT, false);
            return before.apply(change.admit(admission, now())).state();
        } catch (java.security.cert.CertificateEncodingException e) {
            throw new AssertionError(e);
        }
    }

    private static BackboneMember member(ClusterId cluster, boolean isAuthority) {
        return new BackboneMember(new BackbonePrincipal(LogMember.DEMO, cluster, 1), isAuthority);
    }

    private static Payload.Export exported(String name) {
        return new Payload.Export(new ExportedService(
                new ServiceName("shop", name),
                List.of(new ExportedPort(80, "web", AppProtocol.HTTP)),
                ServiceType.CLUSTER_SET_IP,
                "None",
                Map.of(),
                Map.of(),
                ExportMode.PASSTHROUGH,
                List.of(new SpiffeId(TrustDomain.of(WEST, LogMember.DEMO), "shop", name)),
                List.of(Consumer.ANYONE),
                now()));
    }

    private static Payload.ClusterInfo info(String region) {
        return new Payload.ClusterInfo(new Locality(region, ""), Map.of(), "0.1.0", List.of());
    }

    private static Instant now() {
        return Instant.ofEpochMilli(System.currentTimeMillis());
    }
}
