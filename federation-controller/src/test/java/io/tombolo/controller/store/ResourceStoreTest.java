package io.tombolo.controller.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.controller.identity.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourceStoreTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final String EXPORT =
            "apiVersion: tombolo.io/v1\nkind: ServiceExport\nmetadata: {name: checkout, namespace: shop}\nspec: {ports: [{port: 80}]}\n";

    @TempDir
    Path directory;

    @Test
    void whatIsPutIsThereAfterARestart() {
        StoredResource kept;
        try (var state = StateDirectory.take(directory)) {
            kept = put(new ResourceStore(state), EXPORT).resource();
        }
        try (var state = StateDirectory.take(directory)) {
            assertThat(new ResourceStore(state).find(kept.key())).contains(kept);
        }
    }

    @Test
    void generationGrowsWithChangesOnly() {
        try (var state = StateDirectory.take(directory)) {
            var store = new ResourceStore(state);
            assertThat(put(store, EXPORT).result()).isEqualTo(ResourceStore.Result.CREATED);
            assertThat(put(store, EXPORT).result()).isEqualTo(ResourceStore.Result.UNCHANGED);
            ResourceStore.Change changed = put(store, EXPORT.replace("80", "81"));
            assertThat(changed.result()).isEqualTo(ResourceStore.Result.CONFIGURED);
            assertThat(changed.resource().generation()).isEqualTo(2);
            assertThat(changed.resource().createdAt()).isEqualTo(NOW);
        }
    }

    @Test
    void whatIsDeletedStaysDeleted() {
        try (var state = StateDirectory.take(directory)) {
            var store = new ResourceStore(state);
            store.delete(put(store, EXPORT).resource().key());
            assertThat(new ResourceStore(state).all()).isEmpty();
        }
    }

    @Test
    void aDamagedFileIsSetAsideAndTheOthersAreRead() throws IOException {
        try (var state = StateDirectory.take(directory)) {
            var store = new ResourceStore(state);
            put(store, EXPORT);
            put(store, EXPORT.replace("checkout", "pay"));
            Path file = state.directory("resources").resolve("ServiceExport.shop.pay.state");
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 1;
            Files.write(file, bytes);
            assertThat(new ResourceStore(state).all())
                    .extracting(r -> r.key().name().name())
                    .containsExactly("checkout");
        }
    }

    @Test
    void aWatchedFileIsAppliedAndTakesItsResourcesWithIt() throws IOException {
        try (var state = StateDirectory.take(directory.resolve("state"))) {
            var store = new ResourceStore(state);
            Path watched = Files.createDirectory(directory.resolve("watched"));
            try (var watch = new WatchedDirectory(watched, store, InstantSource.fixed(NOW))) {
                Files.writeString(watched.resolve("shop.yaml"), EXPORT + "---\n" + EXPORT.replace("checkout", "pay"));
                watch.look();
                assertThat(store.all()).hasSize(2);
                Files.writeString(watched.resolve("shop.yaml"), EXPORT);
                watch.look();
                assertThat(store.all()).hasSize(1);
                Files.writeString(watched.resolve("shop.yaml"), "kind: [");
                watch.look();
                assertThat(store.all()).hasSize(1);
                Files.delete(watched.resolve("shop.yaml"));
                watch.look();
                assertThat(store.all()).isEmpty();
            }
        }
    }

    private static ResourceStore.Change put(ResourceStore store, String yaml) {
        return store.put(ResourceReader.read(yaml).getFirst(), "api", NOW);
    }
}
