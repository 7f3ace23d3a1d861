package io.tombolo.injection;

import java.util.List;

/**
 * What is known of the Services of a pod's namespace.
 * @param all whether there are no others
 */
public record Services(List<KnownService> known, boolean all) {
    public Services {
        known = List.copyOf(known);
    }
}
