package io.tombolo.controller.kube;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.ServiceTraits;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What an import says of how its calls are spread, in the words of the MCS API.
 * @param affinity     {@code None} or {@code ClientIP}
 * @param seconds      of the affinity; 0 = not said
 * @param policy       {@code internalTrafficPolicy}: {@code Cluster} or {@code Local}
 * @param distribution {@code trafficDistribution}; empty = not said
 */
record ImportTraffic(String affinity, int seconds, String policy, String distribution) {
    /** What it has to say. */
    static ImportTraffic of(SharedService shared) {
        String affinity = shared.service().affinity();
        ServiceTraits traits = shared.traits();
        return new ImportTraffic(
                affinity,
                affinity.equals(ImportedService.CLIENT_IP)
                        ? traits.affinitySeconds().orElse(0)
                        : 0,
                traits.internalTraffic().text(),
                traits.distribution().map(ServiceTraits.Distribution::text).orElse(""));
    }

    /** What a spec says. */
    static ImportTraffic of(JsonNode spec) {
        return new ImportTraffic(
                spec.path("sessionAffinity").asText("None"),
                spec.at("/sessionAffinityConfig/clientIP/timeoutSeconds").asInt(),
                spec.path("internalTrafficPolicy").asText("Cluster"),
                spec.path("trafficDistribution").asText());
    }

    /** Which fields of a spec the other one does not say as this one does. */
    Stream<String> lostIn(ImportTraffic other) {
        return Stream.of(
                        affinity.equals(other.affinity) ? "" : "sessionAffinity",
                        seconds == other.seconds ? "" : "sessionAffinityConfig",
                        policy.equals(other.policy) ? "" : "internalTrafficPolicy",
                        distribution.equals(other.distribution) ? "" : "trafficDistribution")
                .filter(field -> !field.isEmpty());
    }

    /** For a spec. */
    Map<String, Object> written() {
        var spec = new LinkedHashMap<String, Object>();
        spec.put("sessionAffinity", affinity);
        if (seconds > 0) {
            spec.put("sessionAffinityConfig", Map.of("clientIP", Map.of("timeoutSeconds", seconds)));
        }
        spec.put("internalTrafficPolicy", policy);
        if (!distribution.isEmpty()) {
            spec.put("trafficDistribution", distribution);
        }
        return spec;
    }
}
