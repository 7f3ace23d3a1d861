package io.tombolo.controller.exporting;

import io.tombolo.controller.store.Spec;
import io.tombolo.controller.store.StoredResource;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.catalog.WorkloadEndpoint;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.trustbundle.key.LengthPrefixed;
import io.tombolo.trustbundle.key.Sha256;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;

/** The workloads without a sidecar that resources name. A pure function. */
final class DeclaredEndpoints {
    private DeclaredEndpoints() {}

    static List<WorkloadEndpoint> of(ServiceName service, List<StoredResource> said) {
        return said.stream()
                .map(StoredResource::spec)
                .flatMap(spec -> spec instanceof Spec.Local local ? local.endpoints().stream() : Stream.empty())
                .map(endpoint -> new WorkloadEndpoint(
                        service,
                        id(service, endpoint.host()),
                        endpoint.host(),
                        endpoint.targets(),
                        InstanceState.READY,
                        endpoint.weight(),
                        endpoint.zone()))
                .toList();
    }

    /** The same after a restart, and on every controller; tells nothing about the address but to who can guess it. */
    private static InstanceId id(ServiceName service, String host) {
        byte[] digest = Sha256.of(LengthPrefixed.labelled("tombolo-endpoint-v1")
                .with(service.toString())
                .with(host)
                .toBytes());
        return InstanceId.of(ByteBuffer.wrap(digest).getLong());
    }
}
