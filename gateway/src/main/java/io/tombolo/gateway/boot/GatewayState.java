package io.tombolo.gateway.boot;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tombolo.dataplane.enrol.Identity;
import io.tombolo.dataplane.feed.FeedClient;
import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.dataplane.probe.ProbeResult;
import io.tombolo.dataplane.probe.Probes;

/** What {@code GET /state} shows; for people and {@code tombolo} commands. */
final class GatewayState {
    private static final ObjectMapper JSON = new ObjectMapper();

    private GatewayState() {}

    static String json(Gateway gateway, ProxyConfig config, Probes probes, FeedClient feed) {
        Identity identity = gateway.identity();
        ObjectNode state = JSON.createObjectNode()
                .put("instance", identity.instance().value())
                .put("spiffeId", identity.svid().id().toString())
                .put("svidNotAfter", identity.svid().notAfter().toString())
                .put("cluster", identity.cluster().value())
                .put("port", gateway.port())
                .put("configVersion", config.version())
                .put("controllerConnected", feed.isConnected())
                .put("controllerSilenceSeconds", feed.silenceSeconds());
        ArrayNode served = state.putArray("served");
        config.served()
                .forEach(service -> served.addObject()
                        .put("service", service.service().toString())
                        .put("mode", service.mode().name())
                        .put("instances", config.local(service.service()).size())
                        .put("endpoints", config.endpoints(service.service()).size()));
        ArrayNode paths = state.putArray("paths");
        probes.results().forEach(result -> add(paths, result));
        return state.toString();
    }

    private static void add(ArrayNode paths, ProbeResult result) {
        paths.addObject()
                .put("cluster", result.health().cluster().value())
                .put("gateway", result.health().gateway().value())
                .put("state", result.health().state().name())
                .put("rttMicros", result.health().rttMicros())
                .put("draining", result.draining())
                .put("why", result.why().map(fault -> fault.code()).orElse(""));
    }
}
