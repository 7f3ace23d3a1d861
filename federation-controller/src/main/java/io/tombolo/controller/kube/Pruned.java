package io.tombolo.controller.kube;

import io.tombolo.model.name.ServiceName;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What imports could not be made to say, because the installed kind does not know all that there is to say: asking again at each look
 * would change nothing. A newer kind may come, so it is forgotten from time to time. One thread's own.
 */
final class Pruned {
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final Map<ServiceName, Kept> all = new HashMap<>();
    private Instant since = Instant.MIN;

    /** @param says what the API server made of what it should say */
    private record Kept(ImportObject should, ImportObject says) {}

    void put(ServiceName name, ImportObject should, ImportObject says, Instant now) {
        if (all.isEmpty()) {
            since = now;
        }
        all.put(name, new Kept(should, says));
    }

    /** Whether it is known that an import that says this cannot be made to say what it should. */
    boolean has(ServiceName name, ImportObject should, ImportObject says) {
        return new Kept(should, says).equals(all.get(name));
    }

    /** Of the others nothing is to be known any more. */
    void keepOnly(Collection<ServiceName> those) {
        all.keySet().retainAll(those);
    }

    /** @return those that are to be tried again now */
    Set<ServiceName> forgotten(Instant now) {
        if (all.isEmpty() || now.isBefore(since.plus(REMEMBERED))) {
            return Set.of();
        }
        Set<ServiceName> again = Set.copyOf(all.keySet());
        all.clear();
        return again;
    }
}
