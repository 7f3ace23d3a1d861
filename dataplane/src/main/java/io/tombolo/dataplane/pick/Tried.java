package io.tombolo.dataplane.pick;

import io.tombolo.dataplane.outcome.EndpointKey;
import io.tombolo.dataplane.outcome.PathKey;
import io.tombolo.model.name.ClusterId;
import java.util.HashSet;
import java.util.Set;

/** What earlier attempts of one request met. Who said no is not asked again; what only broke is, when nothing else is left. */
public final class Tried {
    /** Ways into one cluster after which the others wait for their turn: attempts are few, and it may have lost them all. */
    private static final int WAYS_TO_A_CLUSTER = 2;

    private final Set<EndpointKey> refusing = new HashSet<>();
    private final Set<EndpointKey> broken = new HashSet<>();
    private final Set<PathKey> paths = new HashSet<>();
    private final Set<ClusterId> clusters = new HashSet<>();

    /** That endpoint said no. */
    public void refused(EndpointKey endpoint) {
        refusing.add(endpoint);
        clusters.add(endpoint.cluster());
    }

    /** A connection with that endpoint broke, or never was: which says as much about what lies between. */
    public void broke(EndpointKey endpoint) {
        broken.add(endpoint);
        clusters.add(endpoint.cluster());
    }

    /** That path did not do. */
    public void path(PathKey path) {
        paths.add(path);
        clusters.add(path.cluster());
    }

    /** Whether this is the first attempt. */
    public boolean isEmpty() {
        return refusing.isEmpty() && broken.isEmpty() && paths.isEmpty();
    }

    /** Whether an attempt failed that went through {@code path}. */
    public boolean has(PathKey path) {
        return paths.contains(path);
    }

    /** Whether an attempt at {@code cluster} failed. */
    boolean has(ClusterId cluster) {
        return clusters.contains(cluster);
    }

    boolean avoids(EndpointKey endpoint, Again again) {
        return refusing.contains(endpoint) || (broken.contains(endpoint) && !again.endpoints());
    }

    boolean avoids(PathKey path, Again again) {
        return (paths.contains(path) && !again.paths()) || (again == Again.NOTHING && isGivenUp(path.cluster()));
    }

    private boolean isGivenUp(ClusterId cluster) {
        return paths.size() >= WAYS_TO_A_CLUSTER
                && paths.stream().filter(path -> path.cluster().equals(cluster)).count() >= WAYS_TO_A_CLUSTER;
    }
}
