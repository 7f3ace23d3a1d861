package io.tombolo.controller.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.tombolo.catalog.freshness.FreshnessSettings;
import io.tombolo.catalog.log.FederationLog;
import io.tombolo.catalog.log.Now;
import io.tombolo.catalog.members.Admission;
import io.tombolo.catalog.members.MemberChange;
import io.tombolo.catalog.members.MembersLog;
import io.tombolo.catalog.origin.OriginState;
import io.tombolo.catalog.origin.OriginWriter;
import io.tombolo.catalog.record.AuthorityKey;
import io.tombolo.catalog.record.Grants;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.RecordReader;
import io.tombolo.catalog.record.RecordSigner;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.catalog.view.CatalogView;
import io.tombolo.controller.identity.MemberKeys;
import io.tombolo.controller.identity.Membership;
import io.tombolo.controller.identity.SigningKeys;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.controller.publish.MembersWriter;
import io.tombolo.controller.publish.Publication;
import io.tombolo.controller.tokens.JoinTokens;
import io.tombolo.controller.trust.ClusterCa;
import io.tombolo.model.catalog.AddressRules;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.MemberState;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationId;
import io.tombolo.model.name.FederationName;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.trustbundle.key.Ed25519Key;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import io.tombolo.trustbundle.key.P256Key;
import io.tombolo.trustbundle.key.SecretFile;
import io.tombolo.trustbundle.proof.ProofText;
import io.tombolo.trustbundle.tls.CertifiedKey;
import io.tombolo.wire.join.ChangeSigningKeysRequest;
import io.tombolo.wire.join.RedeemResponse;
import io.tombolo.wire.join.SigningKey;
import io.tombolo.wire.log.SignedEnvelope;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** West asks east, the authority, for other keys, over real TLS on the loopback address. */
class KeyChangeTest {
    private static final FederationName DEMO = new FederationName("demo");
    private static final ClusterId EAST = new ClusterId("east");
    private static final ClusterId WEST = new ClusterId("west");

    @TempDir
    Path directory;

    private final Ed25519Key eastKey = Ed25519Key.generate();
    private final Ed25519Key first = Ed25519Key.generate();
    private final Ed25519Key second = Ed25519Key.generate();
    private final FakeKafka kafka = new FakeKafka();
    private final List<String> recorded = new ArrayList<>();
    private Optional<OriginState> west = Optional.empty();
    private StateDirectory state;
    private ClusterCa ca;
    private MembersBook book;
    private Authority authority;
    private EnrolmentServer server;

    @BeforeAll
    static void jdkTlsOnly() {
        System.setProperty("io.netty.handler.ssl.noOpenSsl", "true");
    }

    @BeforeEach
    void serve() {
        state = StateDirectory.take(directory.resolve("east"));
        ca = new ClusterCa(state, new TrustDomain("east.demo.tombolo"), Instant.now());
        MemberKeys.next(state).recordSigning();
        kafka.members = founded(MemberKeys.of(state, 1).authority());
        MembersBook.found(state, kafka.members);
        new AuthorityFile(state).write(directory.resolve("nowhere"), false);
        var own = new Membership(
                EAST, DEMO, kafka.members.federation(), 1, TrustDomain.of(EAST, DEMO), true, Membership.Ended.NO);
        book = new MembersBook(state, own.federationId(), () -> kafka.members, kafka, Runnable::run);
        authority =
                new Authority(state, own, book, new JoinTokens(state), _ -> west, this::record, InstantSource.system());
        P256Key key = P256Key.generate();
        var chain = ca.serverChain(key.publicKey(), List.of("127.0.0.1"), Instant.now(), Duration.ofHours(1));
        server = new EnrolmentServer(
                new InetSocketAddress("127.0.0.1", 0),
                () -> new CertifiedKey(chain, key.privateKey()),
                () -> Optional.of(authority));
    }

    @AfterEach
    void stop() {
        server.close();
        state.close();
    }

    /** That of its second controller. */
    @Test
    void aFurtherKeyOfAnAuthoritySignsMembersRecordsAndTheAuthorityIsStillOne() {
        // Given
        Ed25519Key further = Ed25519Key.generate();
        // When
        authority.alsoSignedBy(further.publicKey());
        authority.alsoSignedBy(further.publicKey());
        // Then
        MembersLog log = authority.members();
        assertThat(log.authorities()).containsExactly(EAST);
        assertThat(log.isAuthority(EAST, further.publicKey())).isTrue();
        var signer = new RecordSigner(log.federation(), EAST, 1, further);
        var evicted = new MemberChange(log, signer).evict(WEST, false, Instant.now());
        assertThat(log.apply(evicted).state().member(WEST).orElseThrow().state())
                .isEqualTo(MemberState.EVICTED);
        // When its disks are lost again and again
        for (int i = 0; i < 5; i++) {
            authority.alsoSignedBy(Ed25519Key.generate().publicKey());
        }
        // Then the keys of one authority stay few, and the one that signs is among them
        assertThat(authority.members().isAuthority(EAST, further.publicKey())).isFalse();
        assertThat(authority
                        .members()
                        .isAuthority(EAST, MemberKeys.of(state, 1).authority().publicKey()))
                .isTrue();
    }

    @Test
    void aKeyComesAtOnceAndGoesOnceTheLogNeedsItNoMore() {
        // When
        var added = ask(new Wish(first, first, second));
        // Then
        assertThat(keysIn(added)).containsExactly(first.publicKey(), second.publicKey());
        assertThat(kafka.published).hasSize(1);
        // When it is asked for again, as after an answer that was lost
        ask(new Wish(first, first, second));
        // Then
        assertThat(version()).isEqualTo(2);
        assertThat(kafka.published).hasSize(2);
        // When
        west = Optional.of(said(first));
        // Then
        refused("TB-4019 KEY_STILL_USED", new Wish(second, second));
        // When
        west = Optional.of(said(second));
        // Then
        assertThat(keysIn(ask(new Wish(second, second)))).containsExactly(second.publicKey());
        assertThat(version()).isEqualTo(3);
        assertThat(recorded).containsExactly("west 2", "west 1");
        refused("TB-4009 PROOF_INVALID", new Wish(first, first, second));
    }

    @Test
    void anAuthoritysOwnClusterIsHeldToTheSame() {
        authority.changeSigningKeys(EAST, List.of(eastKey.publicKey(), second.publicKey()));
        assertThatThrownBy(() -> authority.changeSigningKeys(EAST, List.of(second.publicKey())))
                .hasMessageContaining("TB-4019 KEY_STILL_USED");
    }

    @Test
    void whoProvesNoPresentKeyOfTheEpochIsRefused() {
        refused("TB-4009 PROOF_INVALID", new Wish(eastKey, first, second));
        refused("TB-4009 PROOF_INVALID", new Wish(second, first, second));
        refused("TB-4009 PROOF_INVALID", new Wish(first, first, second).inEpoch(2));
        refused(
                "TB-4009 PROOF_INVALID",
                new Wish(first, first, second).issued(Instant.now().minusSeconds(3_600)));
        refused(
                "TB-4009 PROOF_INVALID",
                new Wish(first, first, second).issued(Instant.now().plusSeconds(3_600)));
        assertThat(version()).isEqualTo(1);
    }

    @Test
    void aNewKeyThatNobodyShowsToHoldIsRefused() {
        refused("TB-4009 PROOF_INVALID", new Wish(first, first, second).withoutPossession());
    }

    @Test
    void aProofThatWasSeenElsewhereIsWorthNothing() {
        ChangeSigningKeysRequest heard;
        try (var client = connected()) {
            heard = request(new Wish(first, first, second), client.exporter());
        }
        try (var other = connected()) {
            assertThatThrownBy(() -> other.call(stub -> stub.changeSigningKeys(heard)))
                    .hasMessageContaining("TB-4009 PROOF_INVALID");
        }
        // Nor for other keys on the same connection.
        try (var client = connected()) {
            var own = request(new Wish(first, first, second), client.exporter());
            var other = own.toBuilder()
                    .addKeys(SigningKey.newBuilder()
                            .setPublicKey(ByteString.copyFrom(
                                    Ed25519Key.generate().publicKey().raw())))
                    .build();
            assertThatThrownBy(() -> client.call(stub -> stub.changeSigningKeys(other)))
                    .hasMessageContaining("TB-4009 PROOF_INVALID");
        }
    }

    @Test
    void noneFiveTheSameTwiceAndAnotherClustersAreRefused() {
        refused("TB-4018 BAD_REQUEST", new Wish(first));
        refused("TB-4018 BAD_REQUEST", new Wish(first, first, second, second));
        var five = Stream.concat(
                Stream.of(first), Stream.generate(Ed25519Key::generate).limit(4));
        refused("TB-4018 BAD_REQUEST", new Wish(first, five.toArray(Ed25519Key[]::new)));
        refused("TB-3014", new Wish(first, first, eastKey));
    }

    @Test
    void theOnlyKeyIsNotReplaced() {
        west = Optional.of(said(first));
        refused("TB-4019 KEY_STILL_USED", new Wish(first, second));
        assertThatThrownBy(() -> new MemberChange(
                                book.current(),
                                new RecordSigner(
                                        kafka.members.federation(),
                                        EAST,
                                        1,
                                        MemberKeys.of(state, 1).authority()))
                        .signingKeys(WEST, List.of(second.publicKey()), Instant.now()))
                .hasMessageContaining("TB-3015 KEYS_REPLACED");
    }

    @Test
    void whoIsOutOfTheFederationChangesNothing() {
        authority.evict(WEST, false);
        refused("TB-4009 PROOF_INVALID", new Wish(first, first, second));
    }

    @Test
    void nobodyIsToldThatAKeyIsGoodWhileKafkaHasNotTakenIt() {
        // Given
        kafka.takes = false;
        var desk = new KeyDesk(book, signer(), _ -> west, this::record, Duration.ofMillis(50), InstantSource.system());
        var wanted = List.of(first.publicKey(), second.publicKey());
        // When
        assertThatThrownBy(() -> desk.change(WEST, wanted)).hasMessageContaining("TB-7001 BACKBONE_UNREACHABLE");
        assertThatThrownBy(() -> desk.change(WEST, wanted)).hasMessageContaining("TB-7001 BACKBONE_UNREACHABLE");
        // Then
        kafka.takes = true;
        desk.change(WEST, wanted);
        assertThat(version()).isEqualTo(2);
    }

    @Test
    void theMembersOwnSideProvesWhatItHoldsAndKeepsTheAnswerForTheNextStart() {
        // Given
        try (StateDirectory mine = StateDirectory.take(directory.resolve("west"))) {
            MemberKeys.next(mine).recordSigning();
            SigningKeys keys = MemberKeys.of(mine, 1).signing();
            SecretFile.write(
                    mine.file("keys/epoch-1/record-signing.seed"),
                    HexFormat.of().formatHex(first.seed()).getBytes(StandardCharsets.US_ASCII));
            Ed25519PublicKey next = keys.makeNext().publicKey();
            new AuthorityContact(mine)
                    .write(List.of("127.0.0.1:" + server.port()), ca.pin().bytes());
            new FederationFile(mine)
                    .write(RedeemResponse.newBuilder()
                            .addAllMembers(kafka.members.records())
                            .build());
            var heard = new ArrayList<SignedEnvelope>();
            var asking = new AtAuthority(
                    mine, membership(WEST), this::view, heard::add, Optional::empty, InstantSource.system());
            // When
            long version = asking.change(List.of(first.publicKey(), next), KeyProofs.of(keys));
            // Then
            assertThat(version).isEqualTo(2);
            assertThat(asking.listed()).containsExactly(first.publicKey(), next);
            assertThat(keysIn(new FederationFile(mine).read().orElseThrow().getMembersList()))
                    .containsExactly(first.publicKey(), next);
            assertThat(heard).isNotEmpty();
        }
    }

    @Test
    void anAnswerThatDoesNotGiveTheKeysIsNotTakenForOne() {
        var records = book.current().recordsOf(WEST);
        assertThat(AtAuthority.proven(membership(WEST), records, List.of(first.publicKey())))
                .isEqualTo(1);
        assertThatThrownBy(() -> AtAuthority.proven(membership(WEST), records, List.of(second.publicKey())))
                .hasMessageContaining("TB-6004 CONFLICT");
        assertThatThrownBy(() -> AtAuthority.proven(membership(WEST), List.of(), List.of(second.publicKey())))
                .hasMessageContaining("TB-6004 CONFLICT");
    }

    private Membership membership(ClusterId cluster) {
        return new Membership(
                cluster,
                DEMO,
                kafka.members.federation(),
                1,
                TrustDomain.of(cluster, DEMO),
                false,
                Membership.Ended.NO);
    }

    private CatalogView view() {
        Now now = Now.of(Clock.systemUTC());
        var log = FederationLog.of(kafka.members, List.of(), FreshnessSettings.DEFAULT, now);
        return CatalogView.of(log, WEST, new AddressRules(true), now);
    }

    private void record(ClusterId cluster, List<String> keys) {
        recorded.add(cluster + " " + keys.size());
    }

    /** What west asks for. */
    private record Wish(
            Ed25519Key provenBy,
            List<Ed25519Key> keys,
            long epoch,
            @Nullable Instant at,
            boolean possession) {
        Wish(Ed25519Key provenBy, Ed25519Key... keys) {
            this(provenBy, Arrays.asList(keys), 1, null, true);
        }

        Wish inEpoch(long other) {
            return new Wish(provenBy, keys, other, at, possession);
        }

        Wish issued(Instant when) {
            return new Wish(provenBy, keys, epoch, when, possession);
        }

        Wish withoutPossession() {
            return new Wish(provenBy, keys, epoch, at, false);
        }
    }

    private List<SignedEnvelope> ask(Wish wish) {
        try (var client = connected()) {
            return client.call(stub ->
                    stub.changeSigningKeys(request(wish, client.exporter())).getMembersList());
        }
    }

    private void refused(String code, Wish wish) {
        assertThatThrownBy(() -> ask(wish)).hasMessageContaining(code);
    }

    private ChangeSigningKeysRequest request(Wish wish, byte[] exporter) {
        long at = (wish.at() == null ? Instant.now() : wish.at()).toEpochMilli();
        List<Ed25519PublicKey> keys =
                wish.keys().stream().map(Ed25519Key::publicKey).toList();
        byte[] text = ProofText.changeSigningKeys(exporter, kafka.members.federation(), WEST, wish.epoch(), at, keys);
        var request = ChangeSigningKeysRequest.newBuilder()
                .setCluster("west")
                .setEpoch(wish.epoch())
                .setIssuedAtMs(at)
                .setSignature(ByteString.copyFrom(wish.provenBy().sign(text)));
        for (Ed25519Key key : wish.keys()) {
            byte[] possession = wish.possession() ? key.sign(text) : new byte[64];
            request.addKeys(SigningKey.newBuilder()
                    .setPublicKey(ByteString.copyFrom(key.publicKey().raw()))
                    .setPossession(ByteString.copyFrom(possession)));
        }
        return request.build();
    }

    private EnrolmentClient connected() {
        var client = new EnrolmentClient(new HostPort("127.0.0.1", server.port()), ca.pin());
        client.hello(kafka.members.federation());
        return client;
    }

    private List<Ed25519PublicKey> keysIn(List<SignedEnvelope> answer) {
        return MembersBook.applyAll(MembersLog.of(kafka.members.federation()), answer)
                .member(WEST)
                .orElseThrow()
                .signingKeys();
    }

    private long version() {
        return book.current().member(WEST).orElseThrow().version();
    }

    private RecordSigner signer() {
        return new RecordSigner(
                kafka.members.federation(), EAST, 1, MemberKeys.of(state, 1).authority());
    }

    /** West's catalog as the authority read it: one record, by this key. */
    private OriginState said(Ed25519Key key) {
        var writer = new OriginWriter(new RecordSigner(kafka.members.federation(), WEST, 1, key));
        var term = new Payload.WriterTerm(1, ByteString.copyFrom(new byte[16]));
        OriginState none = OriginState.of(WEST);
        SignedRecord record = writer.publish(none, term, 1, 1, Instant.now());
        return none.apply(book.current().verify(record)).state().comparedAtTail();
    }

    private MembersLog founded(Ed25519Key authorityKey) {
        var genesis = new Payload.Genesis(
                DEMO,
                List.of(new AuthorityKey(EAST, authorityKey.publicKey())),
                Ed25519Key.generate().publicKey(),
                Instant.ofEpochMilli(System.currentTimeMillis()),
                ByteString.copyFrom(new byte[16]));
        MembersLog log = MembersLog.founded(RecordSigner.genesis(genesis, EAST, authorityKey));
        return admitted(admitted(log, authorityKey, EAST, eastKey), authorityKey, WEST, first);
    }

    private static MembersLog admitted(MembersLog log, Ed25519Key authorityKey, ClusterId cluster, Ed25519Key key) {
        FederationId id = log.federation();
        var admission = new Admission(
                cluster,
                TrustDomain.of(cluster, DEMO),
                ByteString.copyFromUtf8("root of " + cluster),
                List.of(key.publicKey()),
                Grants.DEFAULT,
                false);
        return log.apply(new MemberChange(log, new RecordSigner(id, EAST, 1, authorityKey))
                        .admit(admission, Instant.now()))
                .state();
    }

    /** Takes members records, and the reader has them at once; or is away. */
    private static final class FakeKafka implements MembersWriter {
        private final List<SignedEnvelope> published = new ArrayList<>();
        private MembersLog members = MembersLog.of(FederationId.of(new byte[32]));
        private boolean takes = true;

        @Override
        public Publication publish(SignedEnvelope record) {
            published.add(record);
            members = members.apply(RecordReader.reopen(record)).state();
            return new Publication(1, takes ? CompletableFuture.completedFuture(null) : new CompletableFuture<>());
        }

        @Override
        public void close() {
            // Nothing was opened.
        }
    }
}
