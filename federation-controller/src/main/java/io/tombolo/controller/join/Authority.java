package io.tombolo.controller.join;

import com.google.protobuf.ByteString;
import io.tombolo.catalog.members.Admission;
import io.tombolo.catalog.members.MemberChange;
import io.tombolo.catalog.members.MembersLog;
import io.tombolo.catalog.origin.OriginState;
import io.tombolo.catalog.record.Grants;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.RecordSigner;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.controller.backbone.HandMade;
import io.tombolo.controller.identity.MemberKeys;
import io.tombolo.controller.identity.Membership;
import io.tombolo.controller.identity.SigningKeys;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.controller.tokens.Grant;
import io.tombolo.controller.tokens.JoinTokenRecord;
import io.tombolo.controller.tokens.JoinTokens;
import io.tombolo.controller.tokens.TokenId;
import io.tombolo.model.catalog.MemberState;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ClusterId;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import io.tombolo.trustbundle.pem.Der;
import io.tombolo.trustbundle.proof.ProofText;
import io.tombolo.trustbundle.x509.CertificateRequest;
import io.tombolo.wire.join.Backbone;
import io.tombolo.wire.join.ChangeSigningKeysRequest;
import io.tombolo.wire.join.LeaveRequest;
import io.tombolo.wire.join.RedeemRequest;
import io.tombolo.wire.join.RedeemResponse;
import io.tombolo.wire.join.RenewBackboneRequest;
import io.tombolo.wire.join.StandingRequest;
import io.tombolo.wire.log.SignedEnvelope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an authority does for others, apart from how it is asked. Every step may be repeated after a crash: the token is
 * claimed on disk first, the member's record is looked for before it is made, Kafka is asked for what is missing.
 */
public final class Authority {
    private static final Logger LOG = LoggerFactory.getLogger(Authority.class);
    private static final long RETRY_SECONDS = 5;
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

    private final Membership own;
    private final RecordSigner signer;
    private final MembersBook book;
    private final JoinTokens tokens;
    private final BackboneDesk backbone;
    private final KeyDesk keys;
    private final InstantSource clock;

    /**
     * The authority that {@code state} holds the key of.
     * @param catalogs what members wrote, as the log's reader knows it
     * @param recorded writes down that a member gets these record-signing keys, by their ids
     */
    public Authority(
            StateDirectory state,
            Membership own,
            MembersBook book,
            JoinTokens tokens,
            Function<ClusterId, Optional<OriginState>> catalogs,
            BiConsumer<ClusterId, List<String>> recorded,
            InstantSource clock) {
        this.own = own;
        this.signer = new RecordSigner(
                own.federationId(),
                own.cluster(),
                own.epoch(),
                MemberKeys.of(state, own.epoch()).authority());
        this.book = book;
        this.tokens = tokens;
        this.backbone = new BackboneDesk(
                own.federation(), new AuthorityFile(state).read().orElseThrow());
        this.keys = new KeyDesk(book, signer, catalogs, recorded, KeyDesk.PUBLISHED_WITHIN, clock);
        this.clock = clock;
    }

    public Membership membership() {
        return own;
    }

    /** The members as this authority knows them. */
    public MembersLog members() {
        return book.current();
    }

    /** Admits a joiner. @param exporter the channel binding of the connection */
    RedeemResponse redeem(RedeemRequest wire, byte[] exporter) {
        Instant now = clock.instant();
        JoinRequests requests = JoinRequests.of(wire);
        JoinTokenRecord token = proven(wire, requests, exporter);
        // Before anything is claimed or signed: who is admitted is read by everybody at once.
        byHand(requests.cluster(), Optional.of(requests)).ifPresent(HandMade::require);
        Payload.Member member = admitted(token, requests, now);
        backbone.admit(member.cluster(), member.epoch(), book.current());
        // Only now: who hears of a member reads its topics at once, and must find them.
        book.republish();
        Backbone access = backbone.credential(member.cluster(), member.epoch(), requests.backbone(), now);
        tokens.done(token.id(), now);
        LOG.atInfo()
                .addKeyValue("cluster", member.cluster())
                .addKeyValue("epoch", member.epoch())
                .log("cluster admitted");
        return RedeemResponse.newBuilder()
                .setFederationName(own.federation().value())
                .setEpoch(member.epoch())
                .addAllMembers(book.current().records())
                .setBackbone(access)
                .build();
    }

    /** What redeeming would meet; changes nothing. */
    List<String> check(RedeemRequest wire, byte[] exporter) {
        var problems = new ArrayList<String>();
        try {
            JoinRequests requests = JoinRequests.of(wire);
            JoinTokenRecord token = proven(wire, requests, exporter);
            var _ = token.claim(requests.joiner(), requests.cluster(), epochFor(requests), clock.instant());
            refuseTrustDomainOfOthers(requests);
            if (made(requests).isEmpty()) {
                signed(book.current(), admission(requests, token.grant()), clock.instant());
            }
            backbone.check();
            byHand(requests.cluster(), Optional.of(requests)).ifPresent(HandMade::require);
        } catch (TomboloException problem) {
            problems.add(String.valueOf(problem.getMessage()));
        }
        return problems;
    }

    /**
     * What Kafka's administrator must have made before {@code cluster} can join.
     * @return commands; empty where this authority makes it itself
     */
    public Optional<String> commandsToAdmit(ClusterId cluster) {
        return byHand(cluster, Optional.empty()).map(HandMade::script);
    }

    /** What Kafka's administrator must run now that {@code cluster} is a member no more; empty as above. */
    public Optional<String> commandsToDrop(ClusterId cluster) {
        MembersLog members = book.current();
        return members.member(cluster).flatMap(member -> backbone.evictionByHand(cluster, member.epoch(), members));
    }

    private Optional<HandMade> byHand(ClusterId cluster, Optional<JoinRequests> joiner) {
        long epoch = joiner.map(this::epochFor).orElseGet(() -> nextEpoch(cluster));
        return backbone.byHand(cluster, epoch, book.current());
    }

    /** A new credential for a member that proves its record-signing key. */
    Backbone renew(RenewBackboneRequest wire, byte[] exporter) {
        var cluster = new ClusterId(wire.getCluster());
        byte[] request = wire.getBackboneRequest().toByteArray();
        byte[] signed = ProofText.renewBackbone(
                exporter, own.federationId(), cluster, wire.getEpoch(), wire.getIssuedAtMs(), request);
        requireMember(cluster, wire.getEpoch(), signed, wire.getSignature(), wire.getIssuedAtMs());
        return backbone.credential(cluster, wire.getEpoch(), CertificateRequest.parse(request), clock.instant());
    }

    /** A new credential for this authority's own cluster. */
    Backbone credential(Membership self, CertificateRequest request) {
        return backbone.credential(self.cluster(), self.epoch(), request, clock.instant());
    }

    /** A member leaves by itself. */
    long leave(LeaveRequest wire, byte[] exporter) {
        var cluster = new ClusterId(wire.getCluster());
        byte[] signed = ProofText.leave(exporter, own.federationId(), cluster, wire.getEpoch(), wire.getIssuedAtMs());
        requireMember(cluster, wire.getEpoch(), signed, wire.getSignature(), wire.getIssuedAtMs());
        return leave(cluster);
    }

    /** A member changes the keys that sign its records. @return what proves that the log has it so */
    List<SignedEnvelope> changeSigningKeys(ChangeSigningKeysRequest wire, byte[] exporter) {
        var wanted = WantedKeys.of(wire);
        byte[] signed = ProofText.changeSigningKeys(
                exporter, own.federationId(), wanted.cluster(), wire.getEpoch(), wire.getIssuedAtMs(), wanted.keys());
        requireMember(wanted.cluster(), wire.getEpoch(), signed, wire.getSignature(), wire.getIssuedAtMs());
        wanted.lacking(book.current(), signed).ifPresent(key -> {
            throw proofInvalid("key " + SigningKeys.id(key) + " is new and does not prove that it is held");
        });
        return changeSigningKeys(wanted.cluster(), wanted.keys());
    }

    /** The same for this authority's own cluster. */
    List<SignedEnvelope> changeSigningKeys(ClusterId cluster, List<Ed25519PublicKey> wanted) {
        return keys.change(cluster, wanted);
    }

    /** A further key of this authority, that of a replica, signs members records too; nothing changes if it does already. */
    void alsoSignedBy(Ed25519PublicKey key) {
        if (book.signUnless(
                log -> log.isAuthority(own.cluster(), key),
                log -> new MemberChange(log, signer)
                        .authorities(log.authorityKeysWith(own.cluster(), signer.publicKey(), key), clock.instant()))) {
            book.republish();
            LOG.atInfo()
                    .addKeyValue("key", SigningKeys.id(key))
                    .log("a further key of this authority signs members records");
        }
    }

    /** What the authorities signed of one cluster, whatever its state. */
    List<SignedEnvelope> standing(StandingRequest wire) {
        requireThisFederation(wire.getFederationId());
        return book.current().recordsOf(new ClusterId(wire.getCluster()));
    }

    /** Lets a member go; an authority can finish what that member began. */
    public long leave(ClusterId cluster) {
        return end(cluster, book.change(log -> new MemberChange(log, signer).leave(cluster, clock.instant())));
    }

    /**
     * Puts a member out; works when it is dead, and while Kafka is down. What this authority made for it to come back by does
     * not work any more either.
     */
    public long evict(ClusterId cluster, boolean backboneMoved) {
        MembersBook.Changed change =
                book.change(log -> new MemberChange(log, signer).evict(cluster, backboneMoved, clock.instant()));
        long version = end(cluster, change);
        tokens.revokeUnused(cluster, clock.instant()); // last: a full disk here is not to keep Kafka open to it
        return version;
    }

    /**
     * After a start: sends again what was signed but may not be in Kafka, and makes Kafka fit the members, as often as it
     * takes. Blocks until Kafka answered or this thread is interrupted.
     */
    public void catchUp() {
        book.republish();
        book.current().entries().stream()
                .filter(member -> member.state() != MemberState.ADMITTED)
                .forEach(member -> dropFromBackbone(member.cluster(), member.epoch()));
    }

    private long end(ClusterId cluster, MembersBook.Changed change) {
        Payload.Member member = change.after().member(cluster).orElseThrow();
        Thread.ofVirtual().name("drop-" + cluster).start(() -> dropFromBackbone(cluster, member.epoch()));
        return member.version();
    }

    /** As soon as Kafka answers; the members record cuts the cluster off already. */
    private void dropFromBackbone(ClusterId cluster, long epoch) {
        var never = new CountDownLatch(1);
        for (int attempt = 0; ; attempt++) {
            try {
                backbone.evict(cluster, epoch);
                return;
            } catch (TomboloException unreachable) {
                if (attempt == 0) {
                    LOG.atWarn()
                            .addKeyValue("cluster", cluster)
                            .addKeyValue("fault", unreachable.getMessage())
                            .log("ACLs of a former member are not deleted yet, trying again");
                }
            }
            try {
                if (never.await(RETRY_SECONDS, TimeUnit.SECONDS)) {
                    return;
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private JoinTokenRecord proven(RedeemRequest wire, JoinRequests requests, byte[] exporter) {
        requireThisFederation(wire.getFederationId());
        JoinTokenRecord token = tokens.find(TokenId.of(wire.getTokenId().toByteArray()));
        byte[] signed = ProofText.join(
                exporter, wire.getTokenId().toByteArray(), own.federationId(), requests.cluster(), requests.der());
        if (!token.key().verify(signed, wire.getProof().getSignature().toByteArray())) {
            throw proofInvalid("the token's signature does not fit this connection and these requests");
        }
        return token;
    }

    private void requireThisFederation(ByteString id) {
        if (!id.equals(ByteString.copyFrom(own.federationId().bytes()))) {
            throw new TomboloException(
                    Fault.WRONG_FEDERATION,
                    "request",
                    "it is for another federation than " + own.federation(),
                    "use a token of this federation");
        }
    }

    private void refuseTrustDomainOfOthers(JoinRequests requests) {
        Optional<Payload.Member> bound = book.current().byTrustDomain(requests.trustDomain());
        if (bound.isPresent() && !bound.get().cluster().equals(requests.cluster())) {
            throw new TomboloException(
                    Fault.TRUST_DOMAIN_TAKEN,
                    "trust domain " + requests.trustDomain(),
                    "is bound to cluster " + bound.get().cluster() + " for ever",
                    "set controller.trust-domain to another one");
        }
    }

    /**
     * The member's record, signed and on disk: the one that an interrupted join made, or a new one. One join at a time, and
     * the token is claimed only for what will be signed next: a refusal leaves it as it was.
     */
    private synchronized Payload.Member admitted(JoinTokenRecord token, JoinRequests requests, Instant now) {
        // As it is now: another joiner may have claimed it since the proof was checked.
        tokens.find(token.id()).claim(requests.joiner(), requests.cluster(), epochFor(requests), now);
        refuseTrustDomainOfOthers(requests);
        Optional<Payload.Member> made = made(requests);
        if (made.isPresent()) {
            tokens.claim(
                    token.id(),
                    requests.joiner(),
                    requests.cluster(),
                    made.get().epoch(),
                    now);
            return made.get();
        }
        MembersBook.Changed change = book.sign(log -> {
            SignedRecord record = signed(log, admission(requests, token.grant()), now);
            tokens.claim(token.id(), requests.joiner(), requests.cluster(), epochFor(requests), now);
            return record;
        });
        return change.after().member(requests.cluster()).orElseThrow();
    }

    /** The epoch that these very keys were admitted to, or the one that would begin now. */
    private long epochFor(JoinRequests requests) {
        return made(requests).map(Payload.Member::epoch).orElseGet(() -> nextEpoch(requests.cluster()));
    }

    private long nextEpoch(ClusterId cluster) {
        return book.current().member(cluster).map(last -> last.epoch() + 1).orElse(1L);
    }

    private Optional<Payload.Member> made(JoinRequests requests) {
        Ed25519PublicKey key = requests.recordSigning().ed25519();
        return book.current()
                .member(requests.cluster())
                .filter(m ->
                        m.state() == MemberState.ADMITTED && m.signingKeys().contains(key));
    }

    private static Admission admission(JoinRequests requests, Grant grant) {
        return new Admission(
                requests.cluster(),
                requests.trustDomain(),
                ByteString.copyFrom(Der.bytes(requests.firstRoot())),
                List.of(requests.recordSigning().ed25519()),
                new Grants(grant.mayExport(), grant.maxExports(), Math.min(64, grant.maxGateways())),
                false);
    }

    private SignedRecord signed(MembersLog log, Admission admission, Instant now) {
        return new MemberChange(log, signer).admit(admission, now);
    }

    private void requireMember(ClusterId cluster, long epoch, byte[] signed, ByteString signature, long issuedAtMs) {
        Duration off = Duration.between(Instant.ofEpochMilli(issuedAtMs), clock.instant())
                .abs();
        boolean proven = book.current()
                .member(cluster)
                .filter(m -> m.state() == MemberState.ADMITTED && m.epoch() == epoch)
                .filter(m -> m.signingKeys().stream().anyMatch(key -> key.verify(signed, signature.toByteArray())))
                .isPresent();
        if (!proven || off.compareTo(CLOCK_TOLERANCE) > 0) {
            throw proofInvalid(
                    off.compareTo(CLOCK_TOLERANCE) > 0
                            ? "the two clocks differ by " + off.toSeconds() + " s"
                            : "no record-signing key of " + cluster + " in epoch " + epoch + " signed this");
        }
    }

    private static TomboloException proofInvalid(String what) {
        return new TomboloException(
                Fault.PROOF_INVALID, "enrolment", what, "try again; if it persists somebody is in between");
    }
}
