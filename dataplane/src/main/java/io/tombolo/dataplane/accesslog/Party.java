package io.tombolo.dataplane.accesslog;

import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.trustbundle.svid.InstanceName;
import io.tombolo.trustbundle.verify.VerifiedPeer;
import java.util.Optional;

/**
 * One end of what was logged; what is not known is empty, and absent from the line.
 * @param workload the account of a verified SPIFFE id
 * @param port     of the service; 0 = none
 * @param address  where a connection came from, when no identity says who it was
 * @param gateway  that handed it over; empty = it came by itself
 */
public record Party(
        String cluster,
        String namespace,
        String workload,
        String service,
        int port,
        String instance,
        String address,
        String gateway) {
    public static final Party UNKNOWN = new Party("", "", "", "", 0, "", "", "");

    /** A workload that proved who it is. */
    public static Party of(Optional<ClusterId> cluster, SpiffeId id, Optional<InstanceId> instance) {
        return new Party(
                cluster.map(ClusterId::value).orElse(""),
                id.namespace(),
                id.account(),
                "",
                0,
                instance.map(InstanceId::value).orElse(""),
                "",
                "");
    }

    /** The other side of a mesh connection. */
    public static Party of(VerifiedPeer peer) {
        Optional<InstanceName.Workload> name = peer.instanceName()
                .filter(InstanceName.Workload.class::isInstance)
                .map(InstanceName.Workload.class::cast);
        return of(name.map(InstanceName.Workload::cluster), peer.id(), name.map(InstanceName.Workload::instance));
    }

    /** Somebody of whom only the address is known. */
    public static Party at(String address) {
        return new Party("", "", "", "", 0, "", address, "");
    }

    /** A service that is called; its namespace is the one that counts. */
    public static Party of(ServicePort called) {
        return UNKNOWN.as(called);
    }

    /** The same, answering for {@code called}. */
    public Party as(ServicePort called) {
        return new Party(
                cluster,
                called.service().namespace(),
                workload,
                called.service().name(),
                called.port(),
                instance,
                address,
                gateway);
    }

    /** The same, in {@code where}. */
    public Party in(ClusterId where, Optional<InstanceId> at) {
        return new Party(
                where.value(),
                namespace,
                workload,
                service,
                port,
                at.map(InstanceId::value).orElse(""),
                address,
                gateway);
    }

    /** The same, who came by {@code by}. */
    public Party through(InstanceId by) {
        return new Party(cluster, namespace, workload, service, port, instance, address, by.value());
    }
}
