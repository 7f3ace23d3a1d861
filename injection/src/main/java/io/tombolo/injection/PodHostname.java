package io.tombolo.injection;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.model.name.InstanceHostname;
import java.util.List;
import java.util.Optional;

/**
 * What a pod is called below its Service, as Kubernetes' own endpoints have it: {@code spec.hostname}, if {@code spec.subdomain} is the
 * Service's name, which both are for pods of a StatefulSet. Pure.
 * @param governing {@code spec.serviceName} of a StatefulSet: it names its pods after themselves when it makes them, whatever
 *                  their template says; empty = the pod itself says it
 */
record PodHostname(JsonNode spec, Optional<String> governing) {
    /** The sidecar's setting of this. */
    static final String KEY = "workload.hostname=";

    /** The pod's own name, which Kubernetes puts in when the sidecar starts. */
    static final String NAME_OF_POD = "$(POD_NAME)";

    /** As a setting of the sidecar; none if the pod is not called anything there, or what cannot be a host name. */
    List<String> settings(String service) {
        return hostname(service).map(hostname -> KEY + hostname).stream().toList();
    }

    private Optional<String> hostname(String service) {
        if (governing.isPresent()) {
            return governing.filter(service::equals).map(_ -> NAME_OF_POD);
        }
        return Optional.of(spec.path("hostname").asText(""))
                .filter(_ -> spec.path("subdomain").asText("").equals(service))
                .filter(InstanceHostname::isHostname);
    }
}
