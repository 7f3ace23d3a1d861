package io.tombolo.dataplane.feed;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.wire.codec.FeedCodec;
import io.tombolo.wire.codec.FeedDigest;
import io.tombolo.wire.codec.FeedEntry;
import io.tombolo.wire.feed.Entry;
import io.tombolo.wire.feed.Update;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The complete state of a feed at one version, as it came over the wire and as it reads. Immutable: an update makes the next
 * state or a fault, never half of one.
 */
final class FeedState {
    /** Most entries; about a thousand clusters with a hundred services. */
    static final int MAX_ENTRIES = 200_000;

    static final FeedState EMPTY = new FeedState(0, ByteString.EMPTY, Collections.emptyNavigableMap());

    private final long version;
    private final ByteString digest;
    private final Map<String, Held> entries;

    private FeedState(long version, ByteString digest, Map<String, Held> entries) {
        this.version = version;
        this.digest = digest;
        this.entries = entries;
    }

    private record Held(Entry wire, FeedEntry entry) {}

    long version() {
        return version;
    }

    /** Empty exactly at version 0. */
    ByteString digest() {
        return digest;
    }

    /**
     * The state after {@code update}. O(size of the state): not for event loops.
     * @throws TomboloException OLD_RECORD if the update is older than this state or continues another version;
     *     DIGEST_MISMATCH, MALFORMED_RECORD, BAD_BUNDLE and what else its entries may lack
     */
    FeedState apply(Update update) {
        boolean isSnapshot = update.getBaseVersion() == 0;
        checkOrder(update, isSnapshot);
        Map<String, Held> next = isSnapshot ? new TreeMap<>() : new TreeMap<>(entries);
        update.getRemovedList().forEach(next::remove);
        for (Entry changed : update.getChangedList()) {
            next.put(changed.getKey(), new Held(changed, FeedCodec.toModel(changed)));
        }
        if (next.size() > MAX_ENTRIES) {
            throw refused(Fault.MALFORMED_RECORD, "has " + next.size() + " entries; " + MAX_ENTRIES + " are allowed");
        }
        checkDigest(next, update.getDigest());
        checkBundles(next);
        return new FeedState(update.getVersion(), update.getDigest(), next);
    }

    /** What proxies work with. */
    ProxyConfig config() {
        return config(Optional::of);
    }

    /** The same while other clusters are neither reached nor admitted. */
    ProxyConfig localConfig() {
        Optional<ClusterId> own =
                entry(FeedEntry.Own.class).map(entry -> entry.value().cluster());
        return config(entry -> LocalOnly.of(entry, own));
    }

    /** Imported services whose endpoints are here. */
    List<ServiceName> importedNames() {
        return entries.values().stream()
                .map(Held::entry)
                .filter(FeedEntry.Imported.class::isInstance)
                .map(entry -> ((FeedEntry.Imported) entry).value().service())
                .toList();
    }

    /** How old the members are; empty if the controller did not say. */
    Optional<FeedEntry.News> news() {
        return entry(FeedEntry.News.class);
    }

    private <E extends FeedEntry> Optional<E> entry(Class<E> kind) {
        return entries.values().stream()
                .map(Held::entry)
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst();
    }

    private ProxyConfig config(Function<FeedEntry, Optional<FeedEntry>> kept) {
        var builder = new ConfigBuilder();
        entries.values().stream()
                .map(Held::entry)
                .flatMap(entry -> kept.apply(entry).stream())
                .sorted(Comparator.comparing(FeedState::rank))
                .forEach(builder::add);
        return builder.build(version);
    }

    /** The whole as one snapshot: for the disk. */
    byte[] toBytes() {
        return Update.newBuilder()
                .setVersion(version)
                .setDigest(digest)
                .addAllChanged(wires(entries))
                .build()
                .toByteArray();
    }

    /** Reads what {@link #toBytes} wrote, with every check that an update from the network gets. */
    static FeedState parse(byte[] bytes) {
        try {
            return EMPTY.apply(Update.parseFrom(bytes));
        } catch (InvalidProtocolBufferException damaged) {
            throw refused(Fault.FILE_DAMAGED, "is not a feed's state");
        }
    }

    /** A state of the same version is accepted only as the same state: two controllers must not take turns. */
    private void checkOrder(Update update, boolean isSnapshot) {
        long offered = update.getVersion();
        boolean sameAgain =
                isSnapshot && offered == version && update.getDigest().equals(digest);
        if (offered <= version && !sameAgain) {
            throw refused(
                    Fault.OLD_RECORD, "version " + offered + " was offered, version " + version + " is held already");
        }
        if (!isSnapshot && update.getBaseVersion() != version) {
            throw refused(
                    Fault.OLD_RECORD,
                    "a change of version " + update.getBaseVersion() + " was offered, version " + version + " is held");
        }
    }

    private static void checkDigest(Map<String, Held> next, ByteString expected) {
        if (!FeedDigest.fits(wires(next), expected.toByteArray())) {
            throw refused(Fault.DIGEST_MISMATCH, "its entries do not add up to the digest that the controller named");
        }
    }

    /** Every bundle reads, and none is older than the one held. */
    private void checkBundles(Map<String, Held> next) {
        next.forEach((key, held) -> {
            if (held.entry() instanceof FeedEntry.Bundle bundle) {
                Held before = entries.get(key);
                if (before != null
                        && before.entry() instanceof FeedEntry.Bundle old
                        && bundle.sequence() < old.sequence()) {
                    throw refused(
                            Fault.BAD_BUNDLE,
                            "bundle of " + bundle.trustDomain() + " has sequence " + bundle.sequence() + ", "
                                    + old.sequence() + " is held");
                }
                BundleReader.read(bundle);
            }
        });
    }

    private static Collection<Entry> wires(Map<String, Held> entries) {
        return entries.values().stream().map(Held::wire).toList();
    }

    /** Trust before routes, as the kinds are numbered. */
    private static int rank(FeedEntry entry) {
        return switch (entry) {
            case FeedEntry.Own own -> 2;
            case FeedEntry.Member member -> 3;
            case FeedEntry.Bundle bundle -> 4;
            case FeedEntry.Revocation revocation -> 5;
            case FeedEntry.News news -> 5;
            case FeedEntry.Dialing dialing -> 5;
            case FeedEntry.Served served -> 6;
            case FeedEntry.Gateways gateways -> 7;
            case FeedEntry.Fresh fresh -> 8;
            case FeedEntry.Imported imported -> 9;
            case FeedEntry.Local local -> 10;
            case FeedEntry.Shares shares -> 11;
            case FeedEntry.Route route -> 12;
            case FeedEntry.Authorization policy -> 6;
            case FeedEntry.Traffic policy -> 12;
            case FeedEntry.Failover policy -> 12;
            case FeedEntry.Evacuation order -> 12;
            case FeedEntry.Labels labels -> 7;
            case FeedEntry.Names names -> 9;
            case FeedEntry.Addresses addresses -> 9;
            case FeedEntry.Endpoint endpoint -> 10;
        };
    }

    private static TomboloException refused(Fault fault, String what) {
        return new TomboloException(
                fault, "feed", what, "the state held stays in use; `tombolo status` shows how many proxies follow");
    }
}
