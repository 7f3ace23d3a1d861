package io.tombolo.controller.exporting;

import io.tombolo.controller.enrol.ProxyTable;
import io.tombolo.controller.identity.JsonState;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.controller.store.ResourceKey;
import io.tombolo.controller.store.ResourceKind;
import io.tombolo.controller.store.ResourceStore;
import io.tombolo.controller.store.StoredResource;
import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.name.ServiceName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps the services of this cluster up to date, and remembers on disk the ports that sidecars offered. */
public final class Exporter {
    record PortForm(String namespace, String name, int port, String portName, String appProtocol) {}

    record Ledger(List<PortForm> ports) {}

    private final ResourceStore store;
    private final ProxyTable proxies;
    private final JsonState<Ledger> file;
    private volatile Map<ServiceName, List<ExportedPort>> knownPorts;
    private volatile LocalServices current;
    /** Whose ports are on disk; none yet of what was there at the start. */
    private @Nullable LocalServices refreshed;

    public Exporter(StateDirectory state, ResourceStore store, ProxyTable proxies) {
        this.store = store;
        this.proxies = proxies;
        this.file = new JsonState<>(state.file("known-ports.state"), "PORT", Ledger.class);
        this.knownPorts = file.read().map(Exporter::ports).orElse(Map.of());
        this.current = LocalServices.of(store.all(), proxies.all(), knownPorts);
    }

    /** As of the last {@link #refresh}. */
    public LocalServices current() {
        return current;
    }

    /** The service of a resource as it would be if that resource were kept. */
    public Optional<LocalService> planned(StoredResource resource) {
        List<StoredResource> all = Stream.of(ResourceKind.SERVICE_EXPORT, ResourceKind.SERVICE)
                .map(kind -> new ResourceKey(kind, resource.key().name()))
                .flatMap(key -> key.equals(resource.key()) ? Stream.of(resource) : store.find(key).stream())
                .toList();
        return LocalServices.of(all, proxies.all(), knownPorts)
                .find(resource.key().name());
    }

    /** Computes what changed of them; the same object if nothing did. Blocks for an fsync when a port is new. */
    public synchronized LocalServices refresh() {
        LocalServices next = current.next(store.all(), proxies.all(), knownPorts);
        if (next == refreshed) {
            return next;
        }
        @Nullable LocalServices before = refreshed;
        Map<ServiceName, List<ExportedPort>> ports = before == null ? ports(next) : ports(knownPorts, next, before);
        if (!ports.equals(knownPorts)) {
            file.write(ledger(ports));
            knownPorts = ports;
        }
        current = next;
        refreshed = next;
        return next;
    }

    private static Map<ServiceName, List<ExportedPort>> ports(LocalServices services) {
        return ports(Map.of(), services, LocalServices.of(List.of(), List.of(), Map.of()));
    }

    /** @param known of {@code before}; given back if nothing of them changed */
    private static Map<ServiceName, List<ExportedPort>> ports(
            Map<ServiceName, List<ExportedPort>> known, LocalServices now, LocalServices before) {
        Map<ServiceName, List<ExportedPort>> changes = new HashMap<>();
        now.differences(
                before, gone -> changes.put(gone.name(), List.of()), come -> changes.put(come.name(), come.ports()));
        changes.entrySet().removeIf(change -> change.getValue().equals(known.getOrDefault(change.getKey(), List.of())));
        if (changes.isEmpty()) {
            return known;
        }
        Map<ServiceName, List<ExportedPort>> ports = new HashMap<>(known);
        ports.putAll(changes);
        ports.values().removeIf(List::isEmpty);
        return ports;
    }

    private static Ledger ledger(Map<ServiceName, List<ExportedPort>> ports) {
        return new Ledger(ports.entrySet().stream()
                .flatMap(service -> service.getValue().stream()
                        .map(port -> new PortForm(
                                service.getKey().namespace(),
                                service.getKey().name(),
                                port.port(),
                                port.name(),
                                port.protocol().text())))
                .toList());
    }

    private static Map<ServiceName, List<ExportedPort>> ports(Ledger ledger) {
        Map<ServiceName, List<ExportedPort>> ports = new HashMap<>();
        for (PortForm form : ledger.ports()) {
            var port = new ExportedPort(form.port(), form.portName(), AppProtocol.parse(form.appProtocol()));
            ports.computeIfAbsent(new ServiceName(form.namespace(), form.name()), _ -> new java.util.ArrayList<>())
                    .add(port);
        }
        return ports;
    }
}
