package io.tombolo.catalog.origin;

import com.google.protobuf.ByteString;
import io.tombolo.catalog.record.Position;
import io.tombolo.trustbundle.key.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The digest of a live set: SHA-256 over 256 bucket digests. A key's bucket is the first byte of its SHA-256; a bucket's
 * digest is the SHA-256 over its entries in key byte order, each u16 length ‖ key ‖ u64 epoch ‖ u64 term ‖ u64 seq ‖
 * SHA-256(payload). Immutable; a change computes one bucket and the top.
 */
public final class LiveDigest {
    /** Of a live set with nothing in it. */
    public static final LiveDigest EMPTY = empty();

    private final Buckets<Entry> entries;
    private final ByteString[] bucketDigests;
    /** Computed when it is first asked for; whoever computes it twice finds the same. */
    private volatile @Nullable ByteString value;

    private LiveDigest(Buckets<Entry> entries, ByteString[] bucketDigests) {
        this.entries = entries;
        this.bucketDigests = bucketDigests;
    }

    private record Entry(Position position, ByteString payloadHash) {}

    private static LiveDigest empty() {
        var digests = new ByteString[Buckets.COUNT];
        java.util.Arrays.fill(digests, ByteString.copyFrom(Sha256.of(new byte[0])));
        return new LiveDigest(Buckets.empty(), digests);
    }

    /** With {@code key} live at {@code position}, instead of what was there. */
    public LiveDigest with(String key, Position position, byte[] payloadHash) {
        return changed(key, entries.with(key, new Entry(position, ByteString.copyFrom(payloadHash))));
    }

    /** With nothing live under {@code key}. */
    public LiveDigest without(String key) {
        return entries.get(key).isPresent() ? changed(key, entries.without(key)) : this;
    }

    /** 32 bytes. */
    public ByteString value() {
        @Nullable ByteString known = value;
        if (known == null) {
            known = top();
            value = known;
        }
        return known;
    }

    private ByteString top() {
        MessageDigest top = Sha256.digest();
        for (ByteString bucket : bucketDigests) {
            top.update(bucket.asReadOnlyByteBuffer());
        }
        return ByteString.copyFrom(top.digest());
    }

    /** Number of live keys. */
    public int size() {
        return entries.size();
    }

    private LiveDigest changed(String key, Buckets<Entry> next) {
        int bucket = Buckets.bucketOf(key);
        ByteString[] digests = bucketDigests.clone();
        digests[bucket] = digest(next.part(bucket));
        return new LiveDigest(next, digests);
    }

    private static ByteString digest(SortedMap<String, Entry> bucket) {
        MessageDigest digest = Sha256.digest();
        for (Map.Entry<String, Entry> live : bucket.entrySet()) {
            byte[] key = live.getKey().getBytes(StandardCharsets.US_ASCII);
            Position at = live.getValue().position();
            digest.update(ByteBuffer.allocate(Short.BYTES + key.length + 3 * Long.BYTES)
                    .putShort((short) key.length)
                    .put(key)
                    .putLong(at.epoch())
                    .putLong(at.term())
                    .putLong(at.seq())
                    .flip());
            digest.update(live.getValue().payloadHash().asReadOnlyByteBuffer());
        }
        return ByteString.copyFrom(digest.digest());
    }
}
