package io.tombolo.dataplane.upstream;

import org.jspecify.annotations.Nullable;

/**
 * A connection with what its pool needs to know. Two are equal only if they are the same.
 * @param <K> what it leads to
 */
public final class Pooled<K> {
    private final K key;
    private final K wanted;
    private final long endNanos;
    private final @Nullable Dialled dialled;
    private @Nullable HttpUpstream connection;
    private long idleSinceNanos;
    private boolean kept;

    Pooled(ConnectionPool.Made<K> made, long endNanos) {
        this.key = made.key();
        this.wanted = made.wanted();
        this.endNanos = endNanos;
        this.dialled = made.dialled();
    }

    /** What it leads to. */
    public K key() {
        return key;
    }

    /** What its pool keeps it under: who asks for that again, gets it again. */
    K wanted() {
        return wanted;
    }

    /** What a request goes out on. */
    public HttpUpstream connection() {
        if (connection == null) {
            throw new IllegalStateException("not connected yet");
        }
        return connection;
    }

    /** Whether it was there before it was wanted: then the other side may be closing it at this very moment. */
    public boolean wasKept() {
        return kept || connection().isUsedBefore();
    }

    /** How it was dialled; only mesh connections know. */
    public Dialled dialled() {
        if (dialled == null) {
            throw new IllegalStateException("no mesh connection");
        }
        return dialled;
    }

    void carriedBy(HttpUpstream http) {
        connection = http;
    }

    long endNanos() {
        return endNanos;
    }

    long idleSinceNanos() {
        return idleSinceNanos;
    }

    void idleSince(long nowNanos) {
        kept = true;
        idleSinceNanos = nowNanos;
    }
}
