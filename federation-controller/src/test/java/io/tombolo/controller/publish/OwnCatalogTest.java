package io.tombolo.controller.publish;

import static io.tombolo.controller.fixture.SmallFederation.DEMO;
import static io.tombolo.controller.fixture.SmallFederation.WEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.catalog.freshness.FreshnessSettings;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.RecordSigner;
import io.tombolo.controller.enrol.ProxyTable;
import io.tombolo.controller.exporting.Exporter;
import io.tombolo.controller.fixture.MovedClock;
import io.tombolo.controller.fixture.SmallFederation;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.controller.store.ResourceKey;
import io.tombolo.controller.store.ResourceKind;
import io.tombolo.controller.store.ResourceReader;
import io.tombolo.controller.store.ResourceStore;
import io.tombolo.model.name.Locality;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.trustbundle.bundle.TrustBundle;
import io.tombolo.trustbundle.key.Ed25519Key;
import io.tombolo.trustbundle.key.P256Key;
import io.tombolo.trustbundle.x509.CertificateAuthority;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnCatalogTest {
    private static final TrustDomain DOMAIN = TrustDomain.of(WEST, DEMO);

    @TempDir
    private Path dir;

    private final SmallFederation federation = new SmallFederation();
    private final Ed25519Key nextKey = Ed25519Key.generate();
    private final TrustBundle bundle = bundle();
    private StateDirectory state;
    private ResourceStore store;
    private FederationWriter writer;
    private OwnCatalog catalog;

    @BeforeEach
    void begin() {
        federation.changeKeysOfWest(federation.west().publicKey(), nextKey.publicKey());
        state = StateDirectory.take(dir);
        store = new ResourceStore(state);
        var proxies = new ProxyTable();
        writer = new FederationWriter(
                new WriterSettings(DEMO, dir, false, true, FreshnessSettings.DEFAULT),
                federation.west(),
                SmallFederation.nobody(),
                federation::members,
                () -> new OwnTail(false, Optional.empty(), 0, OptionalLong.empty(), federation.members()),
                new PulseEcho(),
                new MovedClock());
        catalog = new OwnCatalog(
                writer,
                new Exporter(state, store, proxies),
                proxies,
                () -> bundle,
                new Payload.ClusterInfo(Locality.UNKNOWN, Map.of(), "0.1.0", List.of()),
                DOMAIN,
                () -> true,
                List::of,
                List::of);
    }

    @AfterEach
    void end() {
        writer.close();
        state.close();
    }

    @Test
    void onlyWhatChangedIsWrittenAndWhatIsGoneIsWithdrawn() {
        // Given
        exports("a", "first");
        exports("b", "first");
        catalog.sync();
        long first = seq("a");
        long other = seq("b");
        // When
        exports("b", "second");
        catalog.sync();
        catalog.sync();
        // Then
        assertThat(seq("a")).isEqualTo(first);
        assertThat(seq("b")).isEqualTo(other + 1);
        assertThat(writer.state().lastSeq()).isEqualTo(other + 1);
        // When
        store.delete(key("a"));
        catalog.sync();
        // Then
        assertThat(catalog.of(key("a").name())).isEmpty();
        assertThat(writer.live(Payload.Export.class))
                .extracting(live -> live.export().service().name())
                .containsExactly("b");
        // When it comes back as it was
        exports("a", "first");
        catalog.sync();
        // Then
        assertThat(seq("a")).isGreaterThan(other + 1);
    }

    @Test
    void whatAnotherKeySignedOnceMoreIsPublishedUnderItsNewNumber() {
        // Given
        exports("a", "first");
        catalog.sync();
        long first = seq("a");
        // When
        writer.signWith(new RecordSigner(federation.members().federation(), WEST, 1, nextKey));
        catalog.sync();
        // Then
        assertThat(seq("a"))
                .isGreaterThan(first)
                .isLessThanOrEqualTo(writer.state().lastSeq());
    }

    private long seq(String name) {
        return catalog.of(key(name).name()).orElseThrow().seq();
    }

    private static ResourceKey key(String name) {
        return new ResourceKey(ResourceKind.SERVICE_EXPORT, new ServiceName("shop", name));
    }

    private void exports(String name, String said) {
        String yaml = "apiVersion: tombolo.io/v1\nkind: ServiceExport\nmetadata: {name: " + name
                + ", namespace: shop}\nspec: {ports: [{port: 80}], annotations: {said: " + said + "}}";
        ResourceReader.read(yaml).forEach(each -> {
            var _ = store.put(each, "api", Instant.now());
        });
    }

    private static TrustBundle bundle() {
        var ca = CertificateAuthority.create(DOMAIN, P256Key.generate(), Instant.now(), Duration.ofDays(30));
        return new TrustBundle(DOMAIN, 1, List.of(ca.root()));
    }
}
