package io.tombolo.it.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.controller.backbone.BackboneAdmin;
import io.tombolo.controller.backbone.Replication;
import io.tombolo.it.actors.Backbone;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.trustbundle.key.P256Key;
import io.tombolo.trustbundle.x509.BackboneAuthority;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Members, former members and strangers at one broker; each test has a federation of its own. */
@Execution(ExecutionMode.CONCURRENT)
class BackboneIT {
    private static final AtomicInteger FEDERATIONS = new AtomicInteger();

    @SuppressWarnings("NullAway.Init")
    private static Backbone backbone;

    @SuppressWarnings("NullAway.Init")
    private static BackboneAdmin admin;

    private final String federation = "f" + FEDERATIONS.incrementAndGet();
    private final Member east = Member.of(backbone, federation, "east", 1);
    private final Member west = Member.of(backbone, federation, "west", 1);

    @BeforeAll
    static void start() {
        backbone = Backbone.start();
        admin = new BackboneAdmin(backbone.access().connection(), Replication.BROKER_DEFAULT);
    }

    @AfterAll
    static void stop() {
        admin.close();
        backbone.close();
    }

    @BeforeEach
    void eastFoundsAndAdmitsWest() {
        admin.ensureFounded(east.asMember());
        admin.admit(west.asMember(), List.of(east.asMember()));
    }

    @Test
    void membersWriteTheirOwnTopicsAndReadEachOthers() throws Exception {
        // When
        east.writes(east.catalog(), "k", "from east");
        west.writes(west.catalog(), "k", "from west");
        // Then
        assertThat(west.reads(east.catalog())).containsExactly("from east");
        assertThat(east.reads(west.catalog())).containsExactly("from west");
        assertThat(west.reads(west.topics().members())).isEmpty();
    }

    @Test
    void nobodyWritesTheCatalogOfAnother() {
        assertThatThrownBy(() -> west.writes(east.catalog(), "k", "forged"))
                .hasRootCauseInstanceOf(TopicAuthorizationException.class);
        assertThat(east.reads(east.catalog())).isEmpty();
    }

    @Test
    void nobodyFencesTheWriterOfAnother() {
        try (var forged = west.writer(east.principal().transactionalId())) {
            assertThatThrownBy(forged::initTransactions).isInstanceOf(TransactionalIdAuthorizationException.class);
        }
    }

    @Test
    void onlyAnAuthorityWritesMembers() throws Exception {
        east.writes(east.topics().members(), "member/west", "admitted");
        assertThatThrownBy(() -> west.writes(west.topics().members(), "member/west", "authority"))
                .hasRootCauseInstanceOf(TopicAuthorizationException.class);
    }

    @Test
    void aCertificateWithoutMembershipMayNotEvenLook() {
        var stranger = Member.of(backbone, federation, "north", 1);
        assertThatThrownBy(() -> stranger.reads(east.catalog())).isInstanceOf(AuthorizationException.class);
    }

    @Test
    void aMemberOfAnotherFederationIsAStranger() {
        // Given
        var other = Member.of(backbone, federation + "-other", "east", 1);
        admin.ensureFounded(other.asMember());
        // When, then
        assertThatThrownBy(() -> other.reads(east.catalog())).isInstanceOf(AuthorizationException.class);
    }

    @Test
    void anEvictedMemberIsCutOffOnTheConnectionThatItHasOpen() throws Exception {
        try (var open = west.writer()) {
            // Given
            open.initTransactions();
            Member.write(open, west.catalog(), "k", "while a member");
            // When
            admin.evict(west.principal());
            // Then
            assertThatThrownBy(() -> Member.write(open, west.catalog(), "k", "after"))
                    .satisfiesAnyOf(
                            e -> assertThat(e).isInstanceOf(AuthorizationException.class),
                            e -> assertThat(e).hasRootCauseInstanceOf(TopicAuthorizationException.class),
                            e -> assertThat(e).hasRootCauseInstanceOf(TransactionalIdAuthorizationException.class));
        }
        assertThatThrownBy(() -> west.reads(east.catalog())).isInstanceOf(AuthorizationException.class);
        assertThat(east.reads(west.catalog())).containsExactly("while a member");
    }

    @Test
    void aNewEpochWorksAndTheOldOneStaysDead() throws Exception {
        // Given
        admin.evict(west.principal());
        var again = Member.of(backbone, federation, "west", 2);
        // When
        admin.admit(again.asMember(), List.of(east.asMember()));
        // Then
        again.writes(again.catalog(), "k", "second epoch");
        assertThat(east.reads(again.catalog())).containsExactly("second epoch");
        assertThatThrownBy(() -> west.reads(east.catalog())).isInstanceOf(AuthorizationException.class);
    }

    @Test
    void anAuthorityAdmitsAndEvictsWithItsOwnCertificate() throws Exception {
        try (var asEast = new BackboneAdmin(east.connection(), Replication.BROKER_DEFAULT)) {
            // Given
            var south = Member.of(backbone, federation, "south", 1);
            // When
            asEast.admit(south.asMember(), List.of(east.asMember(), west.asMember()));
            south.writes(south.catalog(), "k", "from south");
            // Then
            assertThat(west.reads(south.catalog())).containsExactly("from south");
            asEast.evict(south.principal());
            assertThatThrownBy(() -> south.reads(east.catalog())).isInstanceOf(AuthorizationException.class);
        }
    }

    @Test
    void aMemberMayNotAdministerAnything() {
        try (var asWest = new BackboneAdmin(west.connection(), Replication.BROKER_DEFAULT)) {
            assertThatThrownBy(() -> asWest.evict(east.principal())).hasMessageContaining("TB-7002 BACKBONE_DENIED");
        }
    }

    @Test
    void whatIsThereIsNotMadeTwice() {
        assertThatCode(() -> {
                    admin.ensureFounded(east.asMember());
                    admin.admit(west.asMember(), List.of(east.asMember()));
                    admin.evict(west.principal());
                    admin.evict(west.principal());
                })
                .doesNotThrowAnyException();
    }

    @Test
    void aTopicThatSomebodyChangedIsNamedWithWhatWasExpected() throws Exception {
        // Given
        change(east.topics().members(), "cleanup.policy", "delete");
        // When, then
        assertThatThrownBy(() -> admin.ensureFounded(east.asMember()))
                .isInstanceOf(TomboloException.class)
                .hasMessageContaining("TB-7003 BACKBONE_MISCONFIGURED")
                .hasMessageContaining(
                        "topic " + east.topics().members() + ": cleanup.policy = delete (expected compact)");
    }

    @Test
    void aRecordOf64KilobytesFitsAndALargerOneDoesNot() throws Exception {
        west.writes(west.catalog(), "kind/some-namespace/some-name", "x".repeat(65_536));
        assertThatThrownBy(() -> west.writes(west.catalog(), "k", "x".repeat(70_000)))
                .hasRootCauseInstanceOf(RecordTooLargeException.class);
    }

    @Test
    void aCertificateOfAnotherCaIsRefused() {
        var stranger = BackboneAuthority.create("stranger", P256Key.generate(), Instant.now(), Duration.ofDays(1));
        try (var forged = new BackboneAdmin(backbone.as("tombolo-admin", stranger), Replication.BROKER_DEFAULT)) {
            assertThatThrownBy(() -> forged.evict(east.principal()))
                    .hasMessageContaining("TB-7002")
                    .hasMessageContaining("handshake was refused");
        }
    }

    private static void change(String topic, String key, String value) throws ExecutionException, InterruptedException {
        Map<ConfigResource, Collection<AlterConfigOp>> change = Map.of(
                new ConfigResource(ConfigResource.Type.TOPIC, topic),
                List.of(new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET)));
        try (var kafka = Admin.create(backbone.access().connection().clientSettings())) {
            kafka.incrementalAlterConfigs(change).all().get();
        }
    }
}
