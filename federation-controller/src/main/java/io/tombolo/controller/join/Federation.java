package io.tombolo.controller.join;

import io.tombolo.controller.backbone.BackboneMember;
import io.tombolo.controller.backbone.BackbonePrincipal;
import io.tombolo.controller.backbone.ConnectionFile;
import io.tombolo.controller.backbone.HandMade;
import io.tombolo.controller.identity.ClusterSettings;
import io.tombolo.controller.identity.CurrentMembership;
import io.tombolo.controller.identity.MemberKeys;
import io.tombolo.controller.identity.Membership;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.controller.trust.ClusterCa;
import io.tombolo.controller.trust.MeshCa;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.FederationName;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import io.tombolo.trustbundle.x509.CertificateRequest;
import io.tombolo.wire.join.Backbone;
import io.tombolo.wire.join.RedeemResponse;
import io.tombolo.wire.text.TokenText;
import io.tombolo.wire.token.JoinToken;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This cluster's way into its federation and out of it, and what runs in between. Safe on any thread but event loops. */
public final class Federation implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Federation.class);

    private final StateDirectory state;
    private final ClusterSettings settings;
    private final ClusterCa ca;
    private final MeshCa mesh;
    private final CurrentMembership membership;
    private final Function<Membership, FederatedRooms> starter;
    private final InstantSource clock;
    private final Jobs jobs = new Jobs();
    private final FederationFile file;
    private volatile @Nullable FederatedRooms rooms;
    private volatile boolean joining;
    private volatile Consumer<Membership> afterwards = _ -> {};

    /** @param starter builds and starts the rooms of a member */
    public Federation(
            StateDirectory state,
            ClusterSettings settings,
            ClusterCa ca,
            MeshCa mesh,
            CurrentMembership membership,
            Function<Membership, FederatedRooms> starter,
            InstantSource clock) {
        this.state = state;
        this.settings = settings;
        this.ca = ca;
        this.mesh = mesh;
        this.membership = membership;
        this.starter = starter;
        this.clock = clock;
        this.file = new FederationFile(state);
    }

    /** Who hears of a membership that ended, now or before this process started. */
    public void afterwards(Consumer<Membership> listener) {
        afterwards = listener;
    }

    /** Starts the rooms if this cluster is a member already. */
    public void resume() {
        membership.active().ifPresent(own -> rooms = starter.apply(own));
        membership.get().filter(own -> !own.active()).ifPresent(afterwards);
    }

    /** One word for users. */
    public String state() {
        @Nullable FederatedRooms now = rooms;
        if (now != null) {
            return now.standing().name();
        }
        if (joining) {
            return "JOINING";
        }
        return membership
                .get()
                .filter(m -> !m.active())
                .map(m -> m.ended().name())
                .orElse("UNJOINED");
    }

    /** Whether it never was a member, and nothing is about to make it one. */
    boolean isStranger() {
        return rooms == null && !joining && membership.get().isEmpty();
    }

    public Optional<FederatedRooms> rooms() {
        return Optional.ofNullable(rooms);
    }

    public Optional<Authority> authority() {
        return rooms().flatMap(FederatedRooms::authority);
    }

    /** @throws TomboloException NOT_JOINED, NOT_AN_AUTHORITY */
    public Authority requireAuthority(String action) {
        if (rooms == null) {
            throw notJoined(action);
        }
        return authority()
                .orElseThrow(() -> new TomboloException(
                        Fault.NOT_AN_AUTHORITY,
                        action,
                        settings.cluster() + " is no authority of this federation",
                        "run it with the context of an authority; `tombolo clusters` names them"));
    }

    public static TomboloException notJoined(String action) {
        return new TomboloException(
                Fault.NOT_JOINED,
                action,
                "this cluster is in no federation",
                "run `tombolo init` to found one, or `tombolo join` with a token");
    }

    public Jobs jobs() {
        return jobs;
    }

    /**
     * Founds a federation.
     * @param backboneFile Kafka's connection file, on this machine
     * @param manualAcls   an administrator makes topics and ACLs
     */
    public Job found(FederationName name, Path backboneFile, Ed25519PublicKey recoveryKey, boolean manualAcls) {
        refuseIfMember();
        return jobs.start(job -> guarded(() -> found(job, name, backboneFile, recoveryKey, manualAcls)));
    }

    /** What Kafka's administrator must make before this cluster can found a federation with {@code --manual-acls}. */
    public HandMade byHand(FederationName name, Path backboneFile) {
        refuseIfMember();
        var principal = new BackbonePrincipal(name, settings.cluster(), Founding.FIRST_EPOCH);
        return new HandMade(ConnectionFile.read(backboneFile), new BackboneMember(principal, true), List.of());
    }

    private void found(
            Job job, FederationName name, Path backboneFile, Ed25519PublicKey recoveryKey, boolean manualAcls) {
        job.step(
                "backbone connection",
                () -> Job.Outcome.done(
                        ConnectionFile.read(backboneFile).connection().toString()));
        MemberKeys keys = MemberKeys.next(state);
        ca.become(settings.trustDomainIn(name), clock.instant());
        boolean local = BackbonePlace.isHere(
                ConnectionFile.read(backboneFile).connection().bootstrapServers());
        Founding founding = Founding.make(
                name,
                settings,
                mesh.next(settings.trustDomainIn(name)).root(),
                keys,
                recoveryKey,
                local,
                clock.instant());
        job.step(
                "genesis",
                () -> Job.Outcome.done("federation " + founding.membership().federationId()));
        var authorityFile = new AuthorityFile(state);
        authorityFile.write(backboneFile, manualAcls);
        var desk = new BackboneDesk(name, authorityFile.read().orElseThrow());
        Membership own = founding.membership();
        job.step(manualAcls ? "topics and ACLs (by hand)" : "topics and ACLs", () -> {
            desk.found(own.cluster(), own.epoch());
            return Job.Outcome.done("principal tombolo." + name + "." + own.cluster() + "." + own.epoch());
        });
        Backbone backbone =
                desk.credential(own.cluster(), own.epoch(), CertificateRequest.make(keys.backbone()), clock.instant());
        MembersBook.found(state, founding.members());
        keep(
                own,
                RedeemResponse.newBuilder()
                        .setFederationName(name.value())
                        .setEpoch(own.epoch())
                        .addAllMembers(founding.members().records())
                        .setBackbone(backbone)
                        .build());
        start(job, own);
    }

    /** Joins with a token; {@code dryRun} checks only. */
    public Job join(String tokenText, boolean dryRun) {
        refuseIfMember();
        JoinToken token = TokenText.join(tokenText);
        return jobs.start(job -> guarded(() -> join(job, token, dryRun)));
    }

    private void join(Job job, JoinToken token, boolean dryRun) {
        TrustDomain trustDomain = settings.trustDomainIn(new FederationName(token.getFederationName()));
        if (!dryRun) {
            ca.become(trustDomain, clock.instant());
        }
        try (var attempt = new Joining(token, settings, () -> mesh.next(trustDomain), state)) {
            job.step("authority reached", () -> Job.Outcome.done(attempt.reach()));
            if (dryRun) {
                job.step("nothing in the way", () -> refuseProblems(attempt));
                return;
            }
            RedeemResponse[] answer = new RedeemResponse[1];
            job.step("token redeemed", () -> {
                answer[0] = attempt.redeem();
                return Job.Outcome.done("epoch " + answer[0].getEpoch());
            });
            int members = Joining.memberCount(answer[0], attempt.federationId());
            job.step("members verified", () -> Job.Outcome.done(members + " members, signed by the authorities"));
            Membership own = attempt.membership(answer[0]);
            new AuthorityContact(state)
                    .write(token.getEnrolmentAddressesList(), token.getCaPin().toByteArray());
            keep(own, answer[0]);
            start(job, own);
        }
    }

    private static Job.Outcome refuseProblems(Joining attempt) {
        var problems = attempt.check();
        if (!problems.isEmpty()) {
            throw new TomboloException(
                    Fault.CONFLICT, "join", String.join("; ", problems), "nothing was changed; put that right first");
        }
        return Job.Outcome.done("joining would succeed now");
    }

    private void keep(Membership own, RedeemResponse answer) {
        setAsideOtherFederation(own);
        file.write(answer);
        membership.set(own);
        MemberKeys.of(state, own.epoch());
    }

    /** Epochs count from 1 in each federation: keys and log of another one must not be taken for those of this one. */
    private void setAsideOtherFederation(Membership next) {
        membership
                .get()
                .filter(former -> !former.federationId().equals(next.federationId()))
                .ifPresent(_ -> state.setAside(Stream.concat(Stream.of("log"), MemberKeys.epochs(state).stream())
                        .toList()));
    }

    private void start(Job job, Membership own) {
        FederatedRooms started = starter.apply(own);
        rooms = started;
        new Arrival(started).steps(job);
        LOG.atInfo()
                .addKeyValue("federation", own.federation())
                .addKeyValue("epoch", own.epoch())
                .log("member of a federation");
    }

    /** Leaves; an authority is asked, or this one does it itself. */
    public Job leave() {
        Membership own = membership.active().orElseThrow(() -> notJoined("leave"));
        return jobs.start(job -> {
            job.step("members record", () -> Job.Outcome.done(new Leaving(state, own, clock).run(authority())));
            stop(Membership.Ended.LEFT);
            job.step("stopped", () -> Job.Outcome.done("local services go on"));
        });
    }

    /** Changes the key that signs this cluster's records. @throws TomboloException NOT_JOINED, CONFLICT */
    public Job rotateKeys() {
        KeyRotation rotation =
                rooms().orElseThrow(() -> notJoined("change of keys")).rotation();
        return jobs.start(job -> rotation.run(job::step));
    }

    /** The members say that this cluster is none any more. */
    public synchronized void stop(Membership.Ended how) {
        membership.active().ifPresent(own -> membership.set(own.ended(how)));
        @Nullable FederatedRooms now = rooms;
        rooms = null;
        if (now != null) {
            now.close();
        }
        membership.get().ifPresent(afterwards);
    }

    private void refuseIfMember() {
        membership.active().ifPresent(own -> {
            throw new TomboloException(
                    Fault.ALREADY_JOINED,
                    "cluster " + own.cluster(),
                    "is a member of " + own.federation() + " in epoch " + own.epoch(),
                    "run `tombolo leave` first");
        });
    }

    private void guarded(Runnable work) {
        joining = true;
        try {
            work.run();
        } finally {
            joining = false;
        }
    }

    @Override
    public void close() {
        @Nullable FederatedRooms now = rooms;
        if (now != null) {
            now.close();
        }
    }
}
