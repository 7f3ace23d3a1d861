package io.tombolo.controller.push;

import io.tombolo.model.catalog.ImportNames;
import io.tombolo.model.name.ServiceName;
import io.tombolo.wire.codec.FeedCodec;
import io.tombolo.wire.codec.FeedEntry;
import io.tombolo.wire.feed.Entry;
import io.tombolo.wire.feed.HttpRoute;
import io.tombolo.wire.feed.Start;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What one sidecar gets of its role's state: of services that it may call the names, and of those that it does call, and of
 * where their routes lead, the rest as well. So neither its memory nor what is sent to it grows with the mesh. Pure.
 */
final class Narrowing {
    private static final String ADDRESSES = "addresses/";
    private static final String FAILOVER = "failover/";
    private static final String IMPORTED = "imported/";
    private static final String LOCAL = "local/";
    private static final String ROUTE = "route/";
    private static final String SERVED = "served/";
    private static final String SHARES = "shares/";
    private static final String TRAFFIC = "traffic/";

    private final SortedMap<String, Entry> all;
    private final SortedMap<String, Entry> always = new TreeMap<>();
    private final SortedMap<String, Entry> addresses;
    private final Map<String, List<Entry>> routes = new HashMap<>();

    /** @param all of one role */
    Narrowing(SortedMap<String, Entry> all) {
        this.all = all;
        this.addresses = all.subMap(ADDRESSES, "addresses0"); // '0' comes after '/'
        var names = new ArrayList<ServiceName>();
        all.forEach((key, entry) -> {
            switch (key.substring(0, key.indexOf('/') + 1)) {
                case IMPORTED ->
                    names.add(new ServiceName(
                            entry.getImported().getNamespace(),
                            entry.getImported().getName()));
                case ROUTE ->
                    parents(entry)
                            .forEach(parent -> routes.computeIfAbsent(parent, its -> new ArrayList<>())
                                    .add(entry));
                case ADDRESSES, FAILOVER, LOCAL, SHARES, TRAFFIC -> {
                    // only with their services
                }
                case SERVED -> {
                    always.put(key, entry);
                    add(always, TRAFFIC + key.substring(SERVED.length()));
                }
                default -> always.put(key, entry);
            }
        });
        ImportNames.of(names).stream()
                .map(FeedEntry.Names::new)
                .map(FeedCodec::toWire)
                .forEach(entry -> always.put(entry.getKey(), entry));
    }

    /**
     * One sidecar's part.
     * @param services  that are called, as {@code namespace/name}; those that may not be called are left out
     * @param wanted    of which services it gets the addresses; of all if it learns by them what is called
     */
    SortedMap<String, Entry> of(Set<String> services, Start.Addresses wanted) {
        var narrowed = new TreeMap<>(always);
        if (wanted == Start.Addresses.ALL) {
            narrowed.putAll(addresses);
        }
        Set<String> needed = new HashSet<>(services);
        for (String service : services) {
            for (Entry route : routes.getOrDefault(service, List.of())) {
                narrowed.put(route.getKey(), route);
                backends(route).forEach(needed::add);
            }
        }
        needed.removeIf(service -> !all.containsKey(IMPORTED + service));
        for (String service : needed) {
            add(narrowed, IMPORTED + service);
            if (wanted == Start.Addresses.CALLED) {
                add(narrowed, ADDRESSES + service);
            }
            add(narrowed, SHARES + service);
            add(narrowed, FAILOVER + service);
            add(narrowed, TRAFFIC + service);
            narrowed.putAll(all.subMap(LOCAL + service + "/", LOCAL + service + "0")); // '0' comes after '/'
        }
        return narrowed;
    }

    private void add(SortedMap<String, Entry> to, String key) {
        Entry entry = all.get(key);
        if (entry != null) {
            to.put(key, entry);
        }
    }

    private static Stream<String> parents(Entry route) {
        return route.getHttpRoute().getParentsList().stream()
                .map(parent -> parent.getNamespace() + "/" + parent.getName());
    }

    /** Where requests go, and copies of them. */
    private static Stream<String> backends(Entry route) {
        return route.getHttpRoute().getRulesList().stream()
                .map(HttpRoute.Rule::getForward)
                .flatMap(forward -> Stream.concat(
                        forward.getBackendsList().stream()
                                .filter(backend -> !backend.getName().isEmpty())
                                .map(backend -> backend.getNamespace() + "/" + backend.getName()),
                        forward.getMirrorsList().stream()
                                .map(mirror -> mirror.getNamespace() + "/" + mirror.getName())));
    }
}
