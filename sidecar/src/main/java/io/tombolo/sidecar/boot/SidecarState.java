package io.tombolo.sidecar.boot;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tombolo.dataplane.enrol.Identity;
import io.tombolo.dataplane.exchange.Outbound;
import io.tombolo.dataplane.feed.FeedClient;
import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.routing.FailoverDecision;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What {@code GET /state} shows; for people and {@code tombolo} commands. */
final class SidecarState {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ASK_MILLIS = 500;

    private SidecarState() {}

    static String json(Sidecar sidecar, ProxyConfig config, FeedClient feed, Outbound outbound) {
        Identity identity = sidecar.identity();
        ObjectNode state = JSON.createObjectNode()
                .put("instance", identity.instance().value())
                .put("spiffeId", identity.svid().id().toString())
                .put("svidNotAfter", identity.svid().notAfter().toString())
                .put("cluster", identity.cluster().value())
                .put("configVersion", config.version())
                .put("controllerConnected", feed.isConnected())
                .put("controllerSilenceSeconds", feed.silenceSeconds());
        ArrayNode imports = state.putArray("imports");
        config.imported().forEach(service -> add(imports, service, outbound));
        return state.toString();
    }

    private static void add(ArrayNode imports, ImportedService service, Outbound outbound) {
        for (ExportedPort port : service.ports()) {
            ObjectNode node = imports.addObject()
                    .put("service", service.service().toString())
                    .put("port", port.port())
                    .put("protocol", port.protocol().text());
            ArrayNode shares = node.putArray("shares");
            decisions(outbound, new ServicePort(service.service(), port.port())).values().stream()
                    .limit(1)
                    .flatMap(decision -> decision.shares().stream())
                    .forEach(share -> shares.addObject()
                            .put("cluster", share.cluster().value())
                            .put("share", share.share())
                            .put("reason", share.reason()));
        }
    }

    /** The page is made on a loop, so it cannot wait for itself: only what is there at once. */
    private static Map<Integer, FailoverDecision> decisions(Outbound outbound, ServicePort port) {
        return outbound.decisions(port)
                .completeOnTimeout(Map.of(), ASK_MILLIS, TimeUnit.MILLISECONDS)
                .getNow(Map.of());
    }
}
