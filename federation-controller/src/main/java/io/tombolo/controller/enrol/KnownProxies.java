package io.tombolo.controller.enrol;

import io.tombolo.controller.identity.JsonState;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.InstanceHostname;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServiceName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The proxies that followed the feed, on disk. A controller that starts again takes them for there until they came back or had
 * time to: those who return first would else be told that there is nobody but them. One thread at a time; blocks on the disk.
 */
public final class KnownProxies {
    private static final Logger LOG = LoggerFactory.getLogger(KnownProxies.class);

    record AddressForm(String host, int port) {}

    record OfferForm(String namespace, String name, int port, String portName, String appProtocol) {}

    record Form(
            String instance,
            List<AddressForm> addresses,
            List<OfferForm> offers,
            String zone,
            int weight,
            @Nullable String hostname,
            String state,
            String softwareVersion) {}

    record Ledger(List<Form> proxies) {}

    private final JsonState<Ledger> file;
    private Ledger written = new Ledger(List.of());

    public KnownProxies(StateDirectory directory) {
        this.file = new JsonState<>(directory.file("known-proxies.state"), "PRXY", Ledger.class);
    }

    /** Those of the last run that are still registered. A file that does not verify costs only what it was good for. */
    public List<LiveProxy> read(Registrations registrations, long nowNanos) {
        try {
            return file.read().map(Ledger::proxies).orElse(List.of()).stream()
                    .flatMap(form -> live(form, registrations, nowNanos).stream())
                    .toList();
        } catch (TomboloException damaged) {
            LOG.atWarn().addKeyValue("fault", damaged.getMessage()).log("proxies of before are not known");
            return List.of();
        }
    }

    /** Writes those that follow the feed, if they are not the ones that were written last. */
    public void write(List<LiveProxy> proxies) {
        var next = new Ledger(proxies.stream()
                .filter(LiveProxy::connected)
                .map(KnownProxies::form)
                .toList());
        if (!next.equals(written)) {
            file.write(next);
            written = next;
        }
    }

    private static Form form(LiveProxy proxy) {
        return new Form(
                proxy.registration().instance().value(),
                proxy.addresses().stream()
                        .map(address -> new AddressForm(address.host(), address.port()))
                        .toList(),
                proxy.offers().stream().map(KnownProxies::form).toList(),
                proxy.zone(),
                proxy.weight(),
                proxy.hostname().map(InstanceHostname::label).orElse(null),
                proxy.state().name(),
                proxy.softwareVersion());
    }

    private static OfferForm form(OfferedPort offer) {
        return new OfferForm(
                offer.service().namespace(),
                offer.service().name(),
                offer.port().port(),
                offer.port().name(),
                offer.port().protocol().text());
    }

    private static Optional<LiveProxy> live(Form form, Registrations registrations, long nowNanos) {
        return registrations
                .find(new InstanceId(form.instance()))
                .map(registration -> new LiveProxy(
                        registration,
                        form.addresses().stream()
                                .map(address -> new HostPort(address.host(), address.port()))
                                .toList(),
                        form.offers().stream().map(KnownProxies::offer).toList(),
                        form.zone(),
                        form.weight(),
                        Optional.ofNullable(form.hostname()).flatMap(InstanceHostname::ofText),
                        state(form.state()),
                        form.softwareVersion(),
                        true,
                        nowNanos));
    }

    private static OfferedPort offer(OfferForm form) {
        return new OfferedPort(
                new ServiceName(form.namespace(), form.name()),
                new ExportedPort(form.port(), form.portName(), AppProtocol.parse(form.appProtocol())));
    }

    private static InstanceState state(String name) {
        return Stream.of(InstanceState.values())
                .filter(state -> state.name().equals(name))
                .findFirst()
                .orElse(InstanceState.NOT_READY);
    }
}
