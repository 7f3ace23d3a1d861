package io.tombolo.catalog;

import com.google.protobuf.ByteString;
import io.tombolo.catalog.freshness.FreshnessSettings;
import io.tombolo.catalog.log.FederationLog;
import io.tombolo.catalog.log.Now;
import io.tombolo.catalog.members.MembersLog;
import io.tombolo.catalog.origin.OriginState;
import io.tombolo.catalog.origin.OriginWriter;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.catalog.record.Verdict;
import io.tombolo.catalog.view.CatalogView;
import io.tombolo.model.catalog.AddressRules;
import io.tombolo.model.catalog.ServiceHealth;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.wire.log.Kind;
import io.tombolo.wire.log.Log;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Clusters that write, a list of what they wrote, and a reader that has read nothing yet. Time moves by hand. */
public final class World {
    public static final Instant BEGAN = TestFederation.FOUNDED.plusSeconds(10_000);

    public final TestFederation federation;
    private final List<SignedRecord> written = new ArrayList<>();
    private final Map<ClusterId, OriginState> own = new HashMap<>();
    private final Map<ClusterId, Long> seqs = new HashMap<>();
    private final Map<ClusterId, Long> counters = new HashMap<>();
    private long seconds;

    public World(ClusterId... members) {
        federation = TestFederation.with(members);
    }

    public Now now() {
        return new Now(Duration.ofSeconds(seconds).toNanos(), BEGAN.plusSeconds(seconds));
    }

    public void passes(Duration time) {
        seconds += time.toSeconds();
    }

    /** A reader that knows the members and nothing else. */
    public FederationLog reader() {
        return FederationLog.of(federation.members(), List.of(), FreshnessSettings.DEFAULT, now());
    }

    /** A reader that knows the federation's id and nothing else. */
    public FederationLog stranger() {
        return FederationLog.of(MembersLog.of(federation.id()), List.of(), FreshnessSettings.DEFAULT, now());
    }

    public SignedRecord publishes(ClusterId cluster, Payload payload) {
        return keep(writer(cluster).publish(state(cluster), payload, 1, nextSeq(cluster), now().wall()));
    }

    public SignedRecord exports(ClusterId cluster, String name) {
        var service = new ServiceName("shop", name);
        return publishes(cluster, new Payload.Export(TestFederation.export(service, cluster, BEGAN)));
    }

    public SignedRecord unexports(ClusterId cluster, String name) {
        String key = "exported-service/shop/" + name;
        return keep(writer(cluster)
                .withdraw(state(cluster), key, Kind.KIND_EXPORTED_SERVICE, 1, nextSeq(cluster), now().wall()));
    }

    /** Signs all that a cluster keeps, and that another key signed, once more with the one that it signs with now. */
    public void signsAgain(ClusterId cluster) {
        OriginWriter writer = writer(cluster);
        state(cluster).all().stream()
                .filter(writer::isOfAnotherKey)
                .forEach(record -> keep(writer.again(state(cluster), record, 2, nextSeq(cluster))));
    }

    /** West's word on how many instances of a service are ready. */
    public SignedRecord says(ClusterId cluster, boolean full, ServiceHealth... services) {
        long counter = counters.merge(cluster, 1L, Long::sum);
        var batch = new Payload.Health(full, List.of(services), List.of(), counter);
        return add(federation.signer(cluster).sign(batch, 1, counter, now().wall()));
    }

    public SignedRecord beats(ClusterId cluster) {
        long counter = counters.merge(cluster, 1L, Long::sum);
        OriginState catalog = state(cluster);
        MembersLog members = federation.members();
        var pulse = new Payload.Pulse(
                counter,
                catalog.position().seq(),
                catalog.digest(),
                members.version(),
                members.head(),
                Map.of(),
                ByteString.copyFrom(new byte[16]),
                0,
                ByteString.EMPTY);
        return add(federation.signer(cluster).sign(pulse, 1, counter, now().wall()));
    }

    public List<SignedRecord> written() {
        return List.copyOf(written);
    }

    public OriginState state(ClusterId cluster) {
        return own.getOrDefault(cluster, OriginState.of(cluster));
    }

    public FederationLog read(FederationLog log, SignedRecord... records) {
        return read(log, List.of(records));
    }

    /** Applies Kafka records as a reader gets them: bytes. Every one must be new or known. */
    public FederationLog read(FederationLog log, List<SignedRecord> records) {
        FederationLog next = log;
        for (SignedRecord record : records) {
            var applied = next.apply(record.log(), owner(record), record.kafkaKey(), record.kafkaValue(), now());
            if (applied.verdict() instanceof Verdict.Refused refused) {
                throw new AssertionError(refused.text());
            }
            next = applied.state();
        }
        return next;
    }

    /** The owner of the topic that a record is written to. */
    public static Optional<ClusterId> owner(SignedRecord record) {
        boolean own = record.log() == Log.LOG_CATALOG || record.log() == Log.LOG_HEALTH;
        return own ? Optional.of(record.origin()) : Optional.empty();
    }

    public CatalogView view(FederationLog log, ClusterId reader) {
        return CatalogView.of(log, reader, new AddressRules(false), now());
    }

    private SignedRecord keep(SignedRecord record) {
        own.put(
                record.origin(),
                state(record.origin())
                        .apply(federation.members().verify(record))
                        .state());
        return add(record);
    }

    private SignedRecord add(SignedRecord record) {
        written.add(record);
        return record;
    }

    private OriginWriter writer(ClusterId cluster) {
        return new OriginWriter(federation.signer(cluster));
    }

    private long nextSeq(ClusterId cluster) {
        return seqs.merge(cluster, 1L, Long::sum);
    }
}
