package io.tombolo.dataplane.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tombolo.model.httproute.RouteRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Envoy set up to do what a caller's sidecar does: one listener for each list of rules, nothing added that can be left away, and
 * the parts of HTTP/1 that it leaves out by default (HTTP/1.0, trailers, WebSocket, other methods, 100 of the application's).
 */
final class EnvoyConfig {
    private static final String TYPE = "type.googleapis.com/envoy.extensions.";

    /** The listener and the cluster of an application that speaks HTTP/2. */
    static final String CALLS = "calls";

    private EnvoyConfig() {}

    /** JSON, which is YAML. Listeners are named by their numbers; another one is for {@link #CALLS}. */
    static String of(List<List<RouteRule>> listeners, Map<String, Integer> apps) {
        var all = new ArrayList<Map<String, Object>>();
        for (int number = 0; number < listeners.size(); number++) {
            all.add(listener("" + number, EnvoyRoutes.of(listeners.get(number))));
        }
        all.add(listener(
                CALLS,
                List.of(Map.of("match", Map.of("prefix", "/"), "route", Map.of("cluster", CALLS, "timeout", "0s")))));
        List<Map<String, Object>> clusters = apps.entrySet().stream()
                .map(app -> cluster(app.getKey(), app.getValue()))
                .toList();
        try {
            return new ObjectMapper()
                    .writeValueAsString(Map.of(
                            "admin",
                            Map.of("address", address(0)),
                            "static_resources",
                            Map.of("listeners", all, "clusters", clusters)));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Map<String, Object> address(int port) {
        return Map.of("socket_address", Map.of("address", "127.0.0.1", "port_value", port));
    }

    private static Map<String, Object> listener(String name, List<Map<String, Object>> routes) {
        var manager = new LinkedHashMap<String, Object>();
        manager.put("@type", TYPE + "filters.network.http_connection_manager.v3.HttpConnectionManager");
        manager.put("stat_prefix", "same");
        manager.put("codec_type", "AUTO");
        manager.put("generate_request_id", false);
        manager.put("server_header_transformation", "PASS_THROUGH");
        manager.put(
                "http_protocol_options",
                Map.of("accept_http_10", true, "enable_trailers", true, "allow_custom_methods", true));
        manager.put("proxy_100_continue", true);
        manager.put("delayed_close_timeout", "0.05s");
        manager.put("upgrade_configs", List.of(Map.of("upgrade_type", "websocket")));
        manager.put(
                "http_filters",
                List.of(Map.of(
                        "name",
                        "envoy.filters.http.router",
                        "typed_config",
                        Map.of("@type", TYPE + "filters.http.router.v3.Router", "suppress_envoy_headers", true))));
        manager.put(
                "route_config",
                Map.of("virtual_hosts", List.of(Map.of("name", "all", "domains", List.of("*"), "routes", routes))));
        return Map.of(
                "name",
                name,
                "address",
                address(0),
                "filter_chains",
                List.of(Map.of(
                        "filters",
                        List.of(Map.of(
                                "name", "envoy.filters.network.http_connection_manager", "typed_config", manager)))));
    }

    private static Map<String, Object> cluster(String name, int port) {
        return Map.of(
                "name",
                name,
                "type",
                "STATIC",
                "connect_timeout",
                "2s",
                "typed_extension_protocol_options",
                Map.of(
                        "envoy.extensions.upstreams.http.v3.HttpProtocolOptions",
                        Map.of(
                                "@type",
                                TYPE + "upstreams.http.v3.HttpProtocolOptions",
                                "explicit_http_config",
                                name.equals(CALLS)
                                        ? Map.of("http2_protocol_options", Map.of())
                                        : Map.of(
                                                "http_protocol_options",
                                                Map.of("enable_trailers", true, "allow_custom_methods", true)))),
                "load_assignment",
                Map.of(
                        "cluster_name",
                        name,
                        "endpoints",
                        List.of(Map.of(
                                "lb_endpoints", List.of(Map.of("endpoint", Map.of("address", address(port))))))));
    }
}
