package io.tombolo.dataplane.pick;

import io.tombolo.dataplane.outcome.EndpointKey;
import io.tombolo.dataplane.outcome.PathKey;
import java.util.HashSet;
import java.util.Set;

/** What earlier attempts of one request met; not picked again for it. */
public final class Tried {
    private final Set<EndpointKey> endpoints = new HashSet<>();
    private final Set<PathKey> paths = new HashSet<>();

    /** That endpoint did not do. */
    public void endpoint(EndpointKey endpoint) {
        endpoints.add(endpoint);
    }

    /** That path did not do. */
    public void path(PathKey path) {
        paths.add(path);
    }

    /** Whether this is the first attempt. */
    public boolean isEmpty() {
        return endpoints.isEmpty() && paths.isEmpty();
    }

    /**
     * Paths may be taken again.
     * @return whether there were any
     */
    public boolean forgetPaths() {
        boolean any = !paths.isEmpty();
        paths.clear();
        return any;
    }

    boolean has(EndpointKey endpoint) {
        return endpoints.contains(endpoint);
    }

    boolean has(PathKey path) {
        return paths.contains(path);
    }
}
