package io.tombolo.controller.kube;

import io.tombolo.model.catalog.ServiceAddresses;
import io.tombolo.model.name.ServiceName;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that the API server gave services of the federation. One thread writes them, any reads them. What was known before
 * counts until the API server says something else.
 */
final class GivenAddresses {
    private final Consumer<Collection<ServiceAddresses>> told;
    private final Map<ServiceName, ServiceAddresses> before;
    private final Map<ServiceName, ServiceAddresses> last = new TreeMap<>();
    private volatile Map<ServiceName, ServiceAddresses> now;
    private volatile Map<ServiceName, AddressLimits.Limit> leftOut = Map.of();
    private volatile boolean known;

    /** @param told hears all of them whenever they changed */
    GivenAddresses(Collection<ServiceAddresses> before, Consumer<Collection<ServiceAddresses>> told) {
        this.told = told;
        this.before = ServiceAddresses.byService(before);
        this.now = this.before;
    }

    /** The preferred one first; an empty list = it has none; empty = not known yet. */
    Optional<List<InetAddress>> of(ServiceName service) {
        boolean said = known; // before the addresses are read: they may become known in between
        List<InetAddress> addresses = addresses(now.get(service));
        return addresses.isEmpty() && !said ? Optional.empty() : Optional.of(addresses);
    }

    /** Those that it had last: to be asked for, not to be told. The writer's. */
    List<InetAddress> lastOf(ServiceName service) {
        return addresses(last.getOrDefault(service, before.get(service)));
    }

    private static List<InetAddress> addresses(@Nullable ServiceAddresses known) {
        return known == null ? List.of() : known.addresses();
    }

    /** Why it gets none; empty = no limit keeps it from that. */
    Optional<AddressLimits.Limit> leftOut(ServiceName service) {
        return Optional.ofNullable(leftOut.get(service));
    }

    /**
     * These, and no others.
     * @param wanted  of others it is not remembered what they had
     * @param without those that a limit keeps from having some
     */
    void are(
            Collection<ServiceAddresses> all,
            Collection<ServiceName> wanted,
            Map<ServiceName, AddressLimits.Limit> without) {
        leftOut = Map.copyOf(without);
        Map<ServiceName, ServiceAddresses> next = ServiceAddresses.byService(all);
        last.putAll(next);
        last.keySet().retainAll(wanted);
        boolean changed = !next.equals(now);
        now = next;
        known = true;
        if (changed) {
            told.accept(next.values());
        }
    }
}
