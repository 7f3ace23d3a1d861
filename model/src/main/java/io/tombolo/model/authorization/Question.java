package io.tombolo.model.authorization;

import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.SpiffeId;
import org.jspecify.annotations.Nullable;

/** May this caller do this? For one decision, on one thread. */
public final class Question {
    private final SpiffeId caller;
    private final ClusterId cluster;
    private final @Nullable AskedHttp http;
    private @Nullable String plainPath;
    private boolean looked;

    /**
     * Asks.
     * @param caller  as its certificate proved it
     * @param cluster the member that the caller's trust domain is bound to
     * @param http    null = a connection whose bytes nobody reads
     */
    public Question(SpiffeId caller, ClusterId cluster, @Nullable AskedHttp http) {
        this.caller = caller;
        this.cluster = cluster;
        this.http = http;
    }

    SpiffeId caller() {
        return caller;
    }

    ClusterId cluster() {
        return cluster;
    }

    @Nullable
    AskedHttp http() {
        return http;
    }

    /** Whether its path could be read in two ways, which counts against the caller where a rule looks at paths. */
    public boolean hasUnclearPath() {
        return http != null && plainPath() == null;
    }

    /** Null = it cannot be told what the application would make of it. */
    @Nullable
    String plainPath() {
        if (!looked) {
            looked = true;
            plainPath = http == null ? null : PlainPath.of(http.target());
        }
        return plainPath;
    }
}
