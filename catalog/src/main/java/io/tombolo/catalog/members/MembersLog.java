package io.tombolo.catalog.members;

import com.google.protobuf.ByteString;
import io.tombolo.catalog.record.Applied;
import io.tombolo.catalog.record.AuthorityKey;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.RecordReader;
import io.tombolo.catalog.record.Refusal;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.catalog.record.Verdict;
import io.tombolo.model.catalog.MemberEntry;
import io.tombolo.model.catalog.MemberState;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationId;
import io.tombolo.model.name.FederationName;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import io.tombolo.wire.log.SignedEnvelope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The members of one federation, as far as it was read. Immutable. Records may come in any order that keeps each member's
 * versions in theirs; what comes twice changes nothing. Before its genesis came, it has no members and refuses all else.
 */
public final class MembersLog {
    /** Keys of one authority at most: of its replicas, and of some whose disks were lost. */
    public static final int MOST_KEYS_OF_ONE = 3;

    /** Most members. */
    public static final int MAX_MEMBERS = 4_096;

    private final FederationId federation;
    private final @Nullable Authorities authorities;
    private final TreeMap<ClusterId, MemberVersion> members;
    private final Bindings bindings;
    private final List<Fork> forks;
    private final ByteString head;

    private MembersLog(
            FederationId federation,
            @Nullable Authorities authorities,
            TreeMap<ClusterId, MemberVersion> members,
            Bindings bindings,
            List<Fork> forks) {
        this.federation = federation;
        this.authorities = authorities;
        this.members = members;
        this.bindings = bindings;
        this.forks = List.copyOf(forks);
        this.head = MembersHead.of(members.values());
    }

    /** Nothing known but the id, which a token or the state directory names. */
    public static MembersLog of(FederationId federation) {
        return new MembersLog(federation, null, new TreeMap<>(), Bindings.NONE, List.of());
    }

    /** A federation that begins with {@code genesis}. */
    public static MembersLog founded(SignedRecord genesis) {
        return of(FederationId.of(genesis.hash().toByteArray())).apply(genesis).state();
    }

    /**
     * The log that {@link #records} came from, on this disk or at an authority that is trusted to have verified them: member
     * records may be signed by one that was an authority once.
     * @throws io.tombolo.model.fault.TomboloException with the fault of the first record that is refused
     */
    public static MembersLog restored(FederationId federation, Iterable<SignedEnvelope> records) {
        MembersLog log = of(federation);
        for (SignedEnvelope signed : records) {
            SignedRecord record = RecordReader.reopen(signed);
            Applied<MembersLog> applied = record.payload() instanceof Payload.Member member
                    ? log.member(record, member, Authorities::requireAuthorityOnce)
                    : log.apply(record);
            if (applied.verdict() instanceof Verdict.Refused refused) {
                throw Refusal.of(refused.fault(), "members", refused.text());
            }
            log = applied.state();
        }
        return log;
    }

    /** Looks at one record; refused are records that no authority signed, and those that break a chain or a binding. */
    public Applied<MembersLog> apply(SignedRecord record) {
        return Applied.orRefused(this, () -> switch (record.payload()) {
            case Payload.Genesis genesis -> begin(record, genesis);
            case Payload.AuthorityChange change -> change(record, change);
            case Payload.Member member -> member(record, member, Authorities::requireAuthority);
            default -> throw Refusal.of(Fault.WRONG_KEY, "record " + record, "it does not belong to the members log");
        });
    }

    /**
     * Checks who signed a record of another log.
     * @throws io.tombolo.model.fault.TomboloException NOT_A_MEMBER or BAD_SIGNATURE
     */
    public Verified verify(SignedRecord record) {
        requireThisFederation(record);
        MemberVersion version = members.get(record.origin());
        if (version == null || version.member().state() != MemberState.ADMITTED) {
            throw Refusal.of(Fault.NOT_A_MEMBER, "record " + record, "its origin is not an admitted member");
        }
        if (version.member().epoch() != record.position().epoch()) {
            long now = version.member().epoch();
            throw Refusal.of(Fault.NOT_A_MEMBER, "record " + record, "the member's epoch is " + now);
        }
        if (version.member().signingKeys().stream().noneMatch(record::isSignedBy)) {
            throw Refusal.of(Fault.BAD_SIGNATURE, "record " + record, "no key of its origin signed it");
        }
        return new Verified(record, version.member());
    }

    /**
     * Checks a record that this cluster verified before and kept on its own disk: a key that its origin has no more may have
     * signed it when it was one, and it counts until the origin has said it again.
     * @throws io.tombolo.model.fault.TomboloException NOT_A_MEMBER or BAD_SIGNATURE
     */
    public Verified verifyKept(SignedRecord record) {
        Optional<Payload.Member> origin = member(record.origin())
                .filter(m -> m.epoch() == record.position().epoch());
        boolean former = origin.filter(m -> m.state() == MemberState.ADMITTED).stream()
                .flatMap(m -> bindings.former(m).stream())
                .anyMatch(record::isSignedBy);
        return former ? new Verified(record, origin.orElseThrow()) : verify(record);
    }

    /** The keys that a member had in its present epoch and has no more, as far as this process knows; no key of others. */
    public Set<Ed25519PublicKey> formerKeys(ClusterId cluster) {
        return member(cluster).map(bindings::former).orElse(Set.of());
    }

    /** The same log, with what the own disk says of the keys that a member had in its present epoch and has no more. */
    public MembersLog remembering(ClusterId cluster, Iterable<Ed25519PublicKey> former) {
        return member(cluster)
                .map(m -> new MembersLog(federation, authorities, members, bindings.remembering(m, former), forks))
                .orElse(this);
    }

    public FederationId federation() {
        return federation;
    }

    /** Empty until the genesis came. */
    public Optional<FederationName> federationName() {
        return Optional.ofNullable(authorities).map(a -> a.founding().federation());
    }

    /** The clusters that may mint tokens, admit and evict. */
    public List<ClusterId> authorities() {
        return authorities == null
                ? List.of()
                : authorities.keys().stream()
                        .map(AuthorityKey::cluster)
                        .distinct()
                        .toList();
    }

    /**
     * The present keys of all authorities and one more of {@code cluster}. Where there would be more than {@link #MOST_KEYS_OF_ONE} of
     * it the oldest ones go, but never {@code signs}.
     */
    public List<AuthorityKey> authorityKeysWith(ClusterId cluster, Ed25519PublicKey signs, Ed25519PublicKey key) {
        List<AuthorityKey> all = authorities == null ? List.of() : authorities.keys();
        List<AuthorityKey> others = all.stream()
                .filter(each ->
                        each.cluster().equals(cluster) && !each.publicKey().equals(signs))
                .toList();
        return Stream.of(
                        all.stream().filter(each -> !each.cluster().equals(cluster)),
                        Stream.of(new AuthorityKey(cluster, signs)),
                        others.stream().skip(Math.max(0, others.size() + 2 - MOST_KEYS_OF_ONE)),
                        Stream.of(new AuthorityKey(cluster, key)))
                .flatMap(Function.identity())
                .toList();
    }

    /** Whether {@code key} is one of {@code cluster}'s keys as an authority. */
    public boolean isAuthority(ClusterId cluster, Ed25519PublicKey key) {
        return authorities != null
                && authorities.keys().stream()
                        .anyMatch(each -> each.cluster().equals(cluster)
                                && each.publicKey().equals(key));
    }

    /** The newest record of every member that ever was, by cluster. */
    public List<MemberEntry> entries() {
        return members.values().stream().map(MemberVersion::entry).toList();
    }

    /** The newest record of one cluster, whatever its state. */
    public Optional<Payload.Member> member(ClusterId cluster) {
        return version(cluster).map(MemberVersion::member);
    }

    /** The members that count, by cluster. */
    public List<Payload.Member> admitted() {
        return members.values().stream()
                .map(MemberVersion::member)
                .filter(member -> member.state() == MemberState.ADMITTED)
                .toList();
    }

    /** Whether {@code keyId} may sign for {@code cluster} in {@code epoch}, now. */
    public boolean admitted(ClusterId cluster, long epoch, ByteString keyId) {
        return member(cluster)
                .filter(member -> member.state() == MemberState.ADMITTED && member.epoch() == epoch)
                .filter(member ->
                        member.signingKeys().stream().anyMatch(key -> keyId.equals(ByteString.copyFrom(key.keyId()))))
                .isPresent();
    }

    /** The cluster that a trust domain is bound to, whatever its state. */
    public Optional<Payload.Member> byTrustDomain(TrustDomain trustDomain) {
        return members.values().stream()
                .map(MemberVersion::member)
                .filter(member -> member.trustDomain().equals(trustDomain))
                .findFirst();
    }

    /**
     * Sum of the versions of all members: every accepted record raises it, so of two states of one history the one with the
     * higher number is the newer one. Two states with one number and different heads are a fork.
     */
    public long version() {
        return members.values().stream().mapToLong(m -> m.member().version()).sum();
    }

    /** SHA-256 over, per member sorted by cluster, u16 length ‖ cluster ‖ u64 version ‖ record hash. */
    public ByteString head() {
        return head;
    }

    /** Versions of which two records were seen: an alarm, never forgotten by this process. */
    public List<Fork> forks() {
        return forks;
    }

    /** Genesis, authority changes in their order, and the newest record of every member: what a joiner gets. */
    public List<SignedEnvelope> records() {
        return signedRecords().map(SignedRecord::signed).toList();
    }

    /** Genesis, authority changes, and the newest record of one cluster: what proves how it stands. */
    public List<SignedEnvelope> recordsOf(ClusterId cluster) {
        return Stream.concat(authorityRecords(), version(cluster).map(MemberVersion::record).stream())
                .map(SignedRecord::signed)
                .toList();
    }

    Stream<SignedRecord> signedRecords() {
        return Stream.concat(authorityRecords(), members.values().stream().map(MemberVersion::record));
    }

    private Stream<SignedRecord> authorityRecords() {
        return authorities == null
                ? Stream.empty()
                : Stream.concat(Stream.of(authorities.genesis()), authorities.changes().stream());
    }

    Optional<MemberVersion> version(ClusterId cluster) {
        return Optional.ofNullable(members.get(cluster));
    }

    ByteString lastAuthorityHash() {
        return authorities == null ? ByteString.EMPTY : authorities.lastHash();
    }

    long nextAuthorityVersion() {
        return authorities == null ? 1 : authorities.changes().size() + 1L;
    }

    private Applied<MembersLog> begin(SignedRecord record, Payload.Genesis genesis) {
        if (authorities != null && authorities.knows(record)) {
            return Applied.known(this);
        }
        if (authorities != null || !record.hash().equals(ByteString.copyFrom(federation.bytes()))) {
            throw Refusal.of(Fault.WRONG_FEDERATION, "record " + record, "it founds another federation");
        }
        return Applied.changed(new MembersLog(federation, Authorities.of(record, genesis), members, bindings, forks));
    }

    private Applied<MembersLog> change(SignedRecord record, Payload.AuthorityChange change) {
        Authorities now = requireThisFederation(record);
        return now.knows(record)
                ? Applied.known(this)
                : Applied.changed(new MembersLog(federation, now.changed(record, change), members, bindings, forks));
    }

    private Applied<MembersLog> member(
            SignedRecord record, Payload.Member member, BiConsumer<Authorities, SignedRecord> requireSigner) {
        Authorities now = requireThisFederation(record);
        MemberVersion before = members.get(member.cluster());
        if (before != null && before.record().equals(record)) {
            return Applied.known(this);
        }
        requireSigner.accept(now, record);
        bindings.check(record, member, members.values());
        return before == null ? first(record, member) : next(record, member, before);
    }

    private Applied<MembersLog> first(SignedRecord record, Payload.Member member) {
        if (members.size() >= MAX_MEMBERS) {
            throw Refusal.of(Fault.OUTSIDE_GRANT, "record " + record, "there are " + MAX_MEMBERS + " members");
        }
        return Applied.changed(with(new MemberVersion(record, member), forks));
    }

    private Applied<MembersLog> next(SignedRecord record, Payload.Member member, MemberVersion before) {
        if (member.version() < before.member().version()) {
            throw Refusal.of(
                    Fault.OLD_RECORD,
                    "record " + record,
                    "version " + before.member().version() + " is known");
        }
        if (member.version() == before.member().version()) {
            return fork(new MemberVersion(record, member), before);
        }
        Bindings.checkFollows(record, member, before.member());
        boolean follows = member.prevHash().equals(before.hash());
        boolean adjacent = member.version() == before.member().version() + 1;
        if (adjacent && !follows && member.state() != MemberState.EVICTED) {
            throw Refusal.of(Fault.FORKED_MEMBERS, "record " + record, "it follows another version than the known one");
        }
        return Applied.changed(with(new MemberVersion(record, member), forks));
    }

    /** An eviction wins; else the lower hash, so that everybody ends with the same one whatever came first. */
    private Applied<MembersLog> fork(MemberVersion other, MemberVersion known) {
        boolean otherWins = other.evicted() != known.evicted()
                ? other.evicted()
                : ByteString.unsignedLexicographicalComparator().compare(other.hash(), known.hash()) < 0;
        MemberVersion kept = otherWins ? other : known;
        MemberVersion dropped = otherWins ? known : other;
        var fork = new Fork(kept.member().cluster(), kept.member().version(), kept.hash(), dropped.hash());
        var all = new ArrayList<>(forks);
        if (!all.contains(fork) && all.size() < MAX_MEMBERS) {
            all.add(fork);
        }
        String text = "version " + fork.version() + " of " + fork.cluster() + " was signed twice; "
                + (otherWins ? "this one counts" : "the known one counts");
        return new Applied<>(with(kept, all), new Verdict.Refused(Fault.FORKED_MEMBERS, text));
    }

    private MembersLog with(MemberVersion version, List<Fork> seen) {
        var next = new TreeMap<>(members);
        next.put(version.member().cluster(), version);
        return new MembersLog(federation, authorities, next, bindings.with(version.member()), seen);
    }

    private Authorities requireThisFederation(SignedRecord record) {
        if (!record.federationId().equals(ByteString.copyFrom(federation.bytes()))) {
            throw Refusal.of(Fault.WRONG_FEDERATION, "record " + record, "it belongs to another federation");
        }
        if (authorities == null) {
            throw Refusal.of(Fault.NOT_A_MEMBER, "record " + record, "the genesis record has not come yet");
        }
        return authorities;
    }
}
