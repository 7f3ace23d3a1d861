package io.tombolo.dataplane.dns;

import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.name.Callee;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.InstanceHostname;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServiceName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A ready instance with what it is called.
 * @param hostname nobody else's in its cluster
 */
record NamedInstance(Callee.One callee, Optional<InstanceHostname> hostname) {
    /** Its labels in names: a host name before the id (MCS DNS specification 1.0.0, §2.1). */
    List<String> labels() {
        return labels(callee.instance(), hostname);
    }

    static List<String> labels(InstanceId instance, Optional<InstanceHostname> hostname) {
        return Stream.concat(hostname.stream().map(InstanceHostname::label), Stream.of(instance.value()))
                .toList();
    }

    boolean isCalled(String label, String cluster) {
        return cluster().value().equals(cluster) && labels().contains(label);
    }

    ClusterId cluster() {
        return callee.cluster();
    }

    /** By which ready instances of this cluster are known: what two say is nobody's. */
    static Set<InstanceHostname> hostnames(ProxyConfig config, ServiceName service) {
        return InstanceHostname.unshared(config.local(service).stream()
                .filter(instance -> instance.state() == InstanceState.READY)
                .flatMap(instance -> instance.hostname().stream()));
    }
}
