package io.tombolo.controller.importing;

import io.tombolo.controller.identity.JsonState;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.model.catalog.ServiceAddresses;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ServiceName;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * At which addresses the network of this cluster knows services, as whoever gives them said last; nobody does where there is no
 * Kubernetes. On disk, so that a controller that starts while nobody can be asked does not take them away from its proxies. Safe on
 * any thread; {@link #know} blocks for an fsync if something changed.
 */
public final class KnownAddresses {
    private static final Logger LOG = LoggerFactory.getLogger(KnownAddresses.class);

    record Form(String namespace, String name, List<String> addresses) {}

    record Ledger(List<Form> services) {}

    private final JsonState<Ledger> file;
    private volatile SortedMap<ServiceName, ServiceAddresses> now;

    public KnownAddresses(StateDirectory state) {
        this.file = new JsonState<>(state.file("addresses.state"), "ADDR", Ledger.class);
        this.now = ServiceAddresses.byService(file.read().stream()
                .flatMap(ledger -> ledger.services().stream())
                .map(KnownAddresses::read)
                .toList());
    }

    /** All of them, by service. */
    public List<ServiceAddresses> all() {
        return List.copyOf(now.values());
    }

    /** Those of the services among {@code services}. */
    Stream<ServiceAddresses> of(Stream<ServiceName> services) {
        return of(now, services);
    }

    /** By service; the same object while nobody says anything else. */
    SortedMap<ServiceName, ServiceAddresses> now() {
        return now;
    }

    static Stream<ServiceAddresses> of(SortedMap<ServiceName, ServiceAddresses> all, Stream<ServiceName> services) {
        return all.isEmpty() ? Stream.empty() : services.flatMap(service -> Stream.ofNullable(all.get(service)));
    }

    /** These, and no others. @return whether that is news */
    public synchronized boolean know(Collection<ServiceAddresses> all) {
        SortedMap<ServiceName, ServiceAddresses> next = ServiceAddresses.byService(all);
        if (next.equals(now)) {
            return false;
        }
        now = next;
        try {
            file.write(new Ledger(all().stream().map(KnownAddresses::form).toList()));
        } catch (TomboloException failed) {
            LOG.atWarn().addKeyValue("fault", failed.getMessage()).log("addresses of services are not on disk");
        }
        return true;
    }

    private static Form form(ServiceAddresses one) {
        return new Form(
                one.service().namespace(),
                one.service().name(),
                one.addresses().stream().map(InetAddress::getHostAddress).toList());
    }

    private static ServiceAddresses read(Form form) {
        var addresses = new ArrayList<InetAddress>();
        form.addresses().forEach(text -> addresses.add(InetAddress.ofLiteral(text)));
        return new ServiceAddresses(new ServiceName(form.namespace(), form.name()), addresses);
    }
}
