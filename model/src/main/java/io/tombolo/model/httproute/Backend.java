package io.tombolo.model.httproute;

import io.tombolo.model.name.ServicePort;
import java.util.List;
import java.util.Optional;

/**
 * Where a share of a rule's requests goes.
 * @param to      what is not there or may not be used keeps its share, which is refused and never given to others
 * @param weight  0 to 1,000,000; shares are in proportion
 * @param request after what the rule changes
 * @param answer  before what the rule changes
 */
public record Backend(Referred to, int weight, HeaderChange request, HeaderChange answer) {
    private static final int MOST_WEIGHT = 1_000_000;

    public Backend {
        if (weight < 0 || weight > MOST_WEIGHT) {
            throw RouteSyntax.bad("weight", "" + weight, "use 0 to " + MOST_WEIGHT);
        }
    }

    /** @param service empty = nowhere */
    public Backend(Optional<ServicePort> service, int weight, HeaderChange request, HeaderChange answer) {
        this(service.<Referred>map(Referred.Port::new).orElseGet(Referred.Nowhere::new), weight, request, answer);
    }

    /** As it is. */
    public Backend(Optional<ServicePort> service, int weight) {
        this(service, weight, HeaderChange.NONE, HeaderChange.NONE);
    }

    /** Where requests go; empty = nowhere. */
    public Optional<ServicePort> service() {
        return to.servicePort();
    }

    public static Backend of(ServicePort service, int weight) {
        return new Backend(Optional.of(service), weight);
    }

    /**
     * Draws one by weight.
     * @param random any number; evenly distributed ones give each its share
     * @return empty if there is none, or all weigh nothing
     */
    public static Optional<Backend> drawn(List<Backend> backends, long random) {
        long total = backends.stream().mapToLong(Backend::weight).sum();
        if (total == 0) {
            return Optional.empty();
        }
        long left = Math.floorMod(random, total);
        for (Backend backend : backends) {
            left -= backend.weight;
            if (left < 0) {
                return Optional.of(backend);
            }
        }
        throw new IllegalStateException("weights add up to their sum");
    }
}
