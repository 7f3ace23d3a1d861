package io.tombolo.catalog.origin;

import io.tombolo.trustbundle.key.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map in 256 parts by the first byte of the key's SHA-256: a change copies one part only. Keys are ASCII, so
 * their order as text is their order as bytes.
 */
final class Buckets<V> {
    static final int COUNT = 256;

    private final SortedMap<String, V>[] parts;
    private final int size;

    private Buckets(SortedMap<String, V>[] parts, int size) {
        this.parts = parts;
        this.size = size;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no generic arrays
    static <V> Buckets<V> empty() {
        SortedMap[] parts = new SortedMap[COUNT];
        java.util.Arrays.fill(parts, new TreeMap<>());
        return new Buckets<V>(parts, 0);
    }

    static int bucketOf(String key) {
        return Byte.toUnsignedInt(Sha256.of(key.getBytes(StandardCharsets.US_ASCII))[0]);
    }

    Optional<V> get(String key) {
        return Optional.ofNullable(parts[bucketOf(key)].get(key));
    }

    Buckets<V> with(String key, V value) {
        return changed(key, value);
    }

    Buckets<V> without(String key) {
        return changed(key, null);
    }

    private Buckets<V> changed(String key, @Nullable V value) {
        int bucket = bucketOf(key);
        SortedMap<String, V> part = new TreeMap<>(parts[bucket]);
        int before = part.size();
        if (value == null) {
            part.remove(key);
        } else {
            part.put(key, value);
        }
        SortedMap<String, V>[] next = parts.clone();
        next[bucket] = part;
        return new Buckets<>(next, size + part.size() - before);
    }

    /** One part, by key; not to be changed. */
    SortedMap<String, V> part(int bucket) {
        return parts[bucket];
    }

    int size() {
        return size;
    }

    Stream<V> values() {
        return Stream.of(parts).flatMap(part -> part.values().stream());
    }
}
