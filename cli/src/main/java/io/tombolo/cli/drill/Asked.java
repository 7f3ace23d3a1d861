package io.tombolo.cli.drill;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.cli.api.ApiClient;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The controller of the callers' cluster.
 * @param service that is looked at; empty = all
 */
record Asked(ApiClient api, String cluster, String service) {
    /** What it knows now; empty if it does not answer, which must not end a drill by itself. */
    Optional<Look> look() {
        try {
            JsonNode status = api.get("/failover?service=" + URLEncoder.encode(service, StandardCharsets.UTF_8));
            return Optional.of(Look.of(System.nanoTime(), status, cluster));
        } catch (TomboloException silent) {
            return Optional.empty();
        }
    }

    /**
     * Does nothing if calls would be answered without the cluster.
     * @throws TomboloException DRILL_REFUSED if a simulation says otherwise
     */
    void mustBeSpared() {
        var wish = ApiClient.body();
        wish.putArray("down").add(cluster);
        for (JsonNode outcome : api.post("/failover/simulate", wish)) {
            boolean meant =
                    service.isEmpty() || outcome.path("service").asText().equals(slashed());
            boolean sheds = outcome.path("shedAfter").asDouble()
                    > outcome.path("shedBefore").asDouble();
            if (meant && (outcome.path("leftWithNothing").asBoolean() || sheds)) {
                throw new TomboloException(
                        Fault.DRILL_REFUSED,
                        "drill of " + cluster,
                        "would leave calls of " + outcome.path("service").asText() + " without an answer",
                        "see `tombolo failover simulate --down " + cluster + "`; --force drills nevertheless");
            }
        }
    }

    /** {@code checkout.shop} as answers write it. */
    private String slashed() {
        int dot = service.indexOf('.');
        return dot < 0 ? "default/" + service : service.substring(dot + 1) + "/" + service.substring(0, dot);
    }
}
