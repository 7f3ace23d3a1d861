package io.tombolo.dataplane.limit;

import io.tombolo.model.name.ServiceName;
import io.tombolo.model.traffic.TrafficPolicy;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** What goes on of each service that has a policy. Any thread. */
public final class Occupancies {
    private final Map<ServiceName, Occupancy> services = new ConcurrentHashMap<>();

    /** What may go on of the policy's service, with what does already. */
    public ServiceLimits of(TrafficPolicy policy) {
        return new ServiceLimits(policy, services.computeIfAbsent(policy.service(), service -> new Occupancy()));
    }

    /** Forgets those without a policy; what goes on of them ends uncounted. */
    public void retain(Predicate<ServiceName> withPolicy) {
        Set.copyOf(services.keySet()).stream().filter(withPolicy.negate()).forEach(services::remove);
    }
}
