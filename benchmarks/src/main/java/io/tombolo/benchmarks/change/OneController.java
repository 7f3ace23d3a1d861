package io.tombolo.benchmarks.change;

import com.google.protobuf.ByteString;
import io.tombolo.benchmarks.change.TwoClusters.Side;
import io.tombolo.catalog.freshness.FreshnessSettings;
import io.tombolo.catalog.log.FederationLog;
import io.tombolo.catalog.log.Now;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.catalog.view.CatalogView;
import io.tombolo.controller.backbone.BackboneConnection;
import io.tombolo.controller.enrol.ProxyTable;
import io.tombolo.controller.exporting.Exporter;
import io.tombolo.controller.failover.Decisions;
import io.tombolo.controller.failover.DemandTable;
import io.tombolo.controller.failover.Evacuations;
import io.tombolo.controller.failover.FederationReading;
import io.tombolo.controller.failover.History;
import io.tombolo.controller.failover.Known;
import io.tombolo.controller.failover.KnownTargets;
import io.tombolo.controller.health.EndpointTable;
import io.tombolo.controller.health.PathTable;
import io.tombolo.controller.identity.Membership;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.controller.importing.FailoverEntries;
import io.tombolo.controller.importing.ImportSettings;
import io.tombolo.controller.importing.Imports;
import io.tombolo.controller.importing.ImportsBefore;
import io.tombolo.controller.importing.KnownAddresses;
import io.tombolo.controller.importing.ProxyFeed;
import io.tombolo.controller.publish.FederationWriter;
import io.tombolo.controller.publish.OwnCatalog;
import io.tombolo.controller.publish.OwnTail;
import io.tombolo.controller.publish.PulseEcho;
import io.tombolo.controller.publish.WriterSettings;
import io.tombolo.controller.store.ResourceReader;
import io.tombolo.controller.store.ResourceStore;
import io.tombolo.controller.tokens.ProxyRole;
import io.tombolo.model.catalog.AddressRules;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.name.Locality;
import io.tombolo.trustbundle.bundle.TrustBundle;
import io.tombolo.trustbundle.key.P256Key;
import io.tombolo.trustbundle.tls.CertifiedKey;
import io.tombolo.trustbundle.x509.BackboneAuthority;
import io.tombolo.trustbundle.x509.CertificateAuthority;
import io.tombolo.wire.codec.FeedDigest;
import io.tombolo.wire.feed.Entry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** The rooms of east's controller, each called as its thread would, one after the other. Its writer sends nothing. */
final class OneController implements AutoCloseable {
    private static final ProxyRole CALLER = new ProxyRole.Workload("shop", "frontend");

    private final StateDirectory state;
    private final ResourceStore store;
    private final FederationWriter writer;
    private final OwnCatalog catalog;
    private final Exporter exporter;
    private final ImportSettings settings;
    private final Decisions decisions;
    private final DemandTable demand = new DemandTable();
    private final ImportsBefore imports = new ImportsBefore();
    private final ProxyFeed feed;
    private FederationLog log;
    private CatalogView view;
    private SortedMap<String, Entry> entries = new TreeMap<>();

    OneController(Path directory, TwoClusters clusters) {
        this.state = StateDirectory.take(directory);
        this.store = new ResourceStore(state);
        var proxies = new ProxyTable();
        this.exporter = new Exporter(state, store, proxies);
        this.writer = writer(directory, clusters);
        TrustBundle bundle = bundle();
        this.catalog = new OwnCatalog(
                writer,
                exporter,
                proxies,
                () -> bundle,
                new Payload.ClusterInfo(Locality.UNKNOWN, Map.of(), "0.1.0", List.of()),
                Side.EAST.trustDomain(),
                () -> true,
                List::of,
                List::of);
        this.settings = new ImportSettings(
                membership(clusters), Locality.UNKNOWN, new HostPort("10.0.0.1", 15_010), AddressRules.STRICT);
        this.decisions = new Decisions(new History(state));
        this.log = FederationLog.of(clusters.members(), List.of(), FreshnessSettings.DEFAULT, now());
        this.view = CatalogView.of(log, Side.EAST.cluster(), AddressRules.STRICT, now());
        this.feed = new ProxyFeed(
                settings,
                () -> Optional.of(view),
                exporter::current,
                new PathTable(),
                new EndpointTable(),
                new KnownAddresses(state),
                new FailoverEntries(
                        decisions,
                        new Evacuations(state),
                        _ -> exporter.current().failoverRules()),
                () -> bundle);
    }

    private static Membership membership(TwoClusters clusters) {
        return new Membership(
                Side.EAST.cluster(),
                TwoClusters.FEDERATION,
                clusters.members().federation(),
                1,
                Side.EAST.trustDomain(),
                true,
                Membership.Ended.NO);
    }

    private static FederationWriter writer(Path directory, TwoClusters clusters) {
        return new FederationWriter(
                new WriterSettings(TwoClusters.FEDERATION, directory, false, true, FreshnessSettings.DEFAULT),
                clusters.signer(Side.EAST),
                nobody(),
                clusters::members,
                () -> new OwnTail(false, Optional.empty(), 0, OptionalLong.empty(), clusters.members()),
                new PulseEcho(),
                Clock.systemUTC());
    }

    private static BackboneConnection nobody() {
        var ca = BackboneAuthority.create("nobody", P256Key.generate(), Instant.now(), Duration.ofDays(1));
        P256Key key = P256Key.generate();
        var credential = new CertifiedKey(
                ca.issueClient(key.publicKey(), "tombolo.demo.east.1", Instant.now(), Duration.ofHours(1)),
                key.privateKey());
        return new BackboneConnection(List.of("127.0.0.1:1"), List.of(ca.root()), () -> credential);
    }

    private static TrustBundle bundle() {
        var ca = CertificateAuthority.create(
                Side.EAST.trustDomain(), P256Key.generate(), Instant.now(), Duration.ofDays(30));
        return new TrustBundle(Side.EAST.trustDomain(), 1, List.of(ca.root()));
    }

    private static Now now() {
        return Now.of(Clock.systemUTC());
    }

    /** An operator exports a service, or changes the export. */
    void exports(int number, String said) {
        String resource = """
                {apiVersion: tombolo.io/v1, kind: ServiceExport, metadata: {name: s%d, namespace: shop},
                 spec: {ports: [{port: 80, name: web, appProtocol: http}], annotations: {said: "%s"}}}
                """.formatted(number, said);
        ResourceReader.read(resource).forEach(each -> {
            var _ = store.put(each, "api", Instant.now());
        });
    }

    /** What the thread `own-catalog` does. */
    void publish() {
        catalog.sync();
    }

    /** Records came; what the thread `subscribe` does with them. */
    void read(List<SignedRecord> records) {
        for (SignedRecord record : records) {
            log = log.apply(record, now()).state();
        }
        view = view.next(log, now());
    }

    /** What the thread `failover` does. */
    void decide() {
        var targets =
                new KnownTargets(Side.EAST.cluster(), Locality.UNKNOWN, view, List.of(), List.of(), Instant.now());
        var callable = new Imports(settings, view, exporter.current()).all(imports);
        var known = new Known(targets, callable, exporter.current().failoverRules(), FederationReading.NONE, demand, 0);
        var _ = decisions.refresh(known, System.nanoTime(), Instant.now());
    }

    /** What the thread `feed` does for one role: one sidecar that may call everything. */
    void feed() {
        SortedMap<String, Entry> next = feed.entriesFor(CALLER).orElseThrow();
        if (!next.equals(entries)) {
            entries = next;
            var _ = ByteString.copyFrom(FeedDigest.of(entries.values()));
        }
    }

    int entries() {
        return entries.size();
    }

    @Override
    public void close() {
        writer.close();
        state.close();
    }
}
