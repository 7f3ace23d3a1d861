package io.tombolo.controller.api;

import static io.tombolo.controller.api.RequestBody.required;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tombolo.controller.enrol.Drains;
import io.tombolo.controller.enrol.ProxyTable;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServiceName;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Instances, gateways and services of this cluster that get nothing new, because an operator says so. */
@Singleton
@RunOnVirtualThread
@Path("/api/v1/drains")
public final class DrainsResource {
    private final Drains drains;
    private final ProxyTable proxies;
    private final Changes changes;
    private final Callers callers;

    @Inject
    public DrainsResource(Drains drains, ProxyTable proxies, Changes changes, Callers callers) {
        this.drains = drains;
        this.proxies = proxies;
        this.changes = changes;
        this.callers = callers;
    }

    /** Either an instance or a service. {@code undo}: it gets something again. */
    public record Wish(
            @Nullable String instance,
            @Nullable String service,
            @Nullable Boolean undo) {}

    /** {@code changed} is false if it was so before. */
    public record Drained(List<String> instances, List<String> services, boolean changed) {}

    @GET
    public Drained list() {
        return shown(false);
    }

    @POST
    public Drained set(Wish wish) {
        callers.current().mustOperate("drain");
        boolean drain = !Boolean.TRUE.equals(required(wish).undo());
        String action = drain ? "proxy.drain" : "proxy.drain.undo";
        if ((wish.instance() == null) == (wish.service() == null)) {
            throw new TomboloException(
                    Fault.BAD_RESOURCE, "request body", "names not exactly one of instance and service", "name one");
        }
        boolean changed = wish.service() != null
                ? service(ServiceName.parse(wish.service(), "default"), drain, action)
                : instance(new InstanceId(required("instance", wish.instance())), drain, action);
        proxies.recheck();
        var _ = changes.syncOrLater();
        return shown(changed);
    }

    private boolean service(ServiceName service, boolean drain, String action) {
        return changes.recorded(callers.current(), action, service.toString(), () -> drains.set(service, drain));
    }

    /** One that is gone may be let go, but not drained. */
    private boolean instance(InstanceId instance, boolean drain, String action) {
        if (drain && proxies.find(instance).isEmpty()) {
            throw new TomboloException(
                    Fault.NOT_FOUND,
                    "instance " + instance,
                    "is no proxy of this cluster that is there now",
                    "`tombolo services -o json` and `tombolo clusters -o json` name them");
        }
        return changes.recorded(callers.current(), action, instance.value(), () -> drains.set(instance, drain));
    }

    private Drained shown(boolean changed) {
        Drains.Drained all = drains.all();
        return new Drained(
                all.instances().stream().map(InstanceId::value).sorted().toList(),
                all.services().stream().map(ServiceName::toString).sorted().toList(),
                changed);
    }
}
