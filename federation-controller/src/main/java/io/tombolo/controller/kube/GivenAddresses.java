package io.tombolo.controller.kube;

import io.tombolo.model.catalog.ServiceAddresses;
import io.tombolo.model.name.ServiceName;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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
    private volatile Map<ServiceName, ServiceAddresses> now;

    /** @param told hears all of them whenever they changed */
    GivenAddresses(Collection<ServiceAddresses> before, Consumer<Collection<ServiceAddresses>> told) {
        this.told = told;
        this.before = byService(before);
        this.now = this.before;
    }

    /** The preferred one first; none = not known. */
    List<InetAddress> of(ServiceName service) {
        return addresses(now.get(service));
    }

    /** Those that it has, or had when this controller began. */
    List<InetAddress> everOf(ServiceName service) {
        return addresses(now.getOrDefault(service, before.get(service)));
    }

    private static List<InetAddress> addresses(@Nullable ServiceAddresses known) {
        return known == null ? List.of() : known.addresses();
    }

    /** These, and no others. */
    void are(Collection<ServiceAddresses> all) {
        Map<ServiceName, ServiceAddresses> next = byService(all);
        if (!next.equals(now)) {
            now = next;
            told.accept(next.values());
        }
    }

    private static Map<ServiceName, ServiceAddresses> byService(Collection<ServiceAddresses> all) {
        var sorted = new TreeMap<ServiceName, ServiceAddresses>();
        all.forEach(one -> sorted.put(one.service(), one));
        return sorted;
    }
}
