package io.tombolo.benchmarks.peer;

import io.tombolo.benchmarks.load.Wire;
import io.tombolo.benchmarks.place.Ports;
import io.tombolo.benchmarks.place.Workshop;
import io.tombolo.model.name.SpiffeId;
import java.util.stream.Collectors;

/**
 * Envoy set up to do what a sidecar of ours does: HTTP connection manager and router only, no request ids, no access log; a
 * virtual host and a cluster per service, retries of failed connects, mutual TLS 1.3 without resumption, RBAC by caller, method and
 * path where requests come in, the caller's id in a header of what goes to the application; one worker.
 */
public final class EnvoyHttp {
    private static final String CONFIG = """
            static_resources: {
              listeners: [{
                address: {socket_address: {address: 127.0.0.1, port_value: %d}},
                %s
                filters: [{
                  name: envoy.filters.network.http_connection_manager,
                  typed_config: {
                    "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager,
                    stat_prefix: http, codec_type: %s, generate_request_id: false,
                    common_http_protocol_options: {idle_timeout: 75s},
                    %s
                    http_filters: [%s{
                      name: envoy.filters.http.router,
                      typed_config: {
                        "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router,
                        suppress_envoy_headers: true}}],
                    route_config: {virtual_hosts: [%s]}}}]}]}],
              clusters: [%s]}
            """;
    private static final String PLAIN = "filter_chains: [{";
    private static final String RBAC = """
            {name: envoy.filters.http.rbac,
                      typed_config: {
                        "@type": type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC,
                        rules: {action: ALLOW, policies: {callers: {
                          principals: [{authenticated: {principal_name: {exact: "%s"}}}],
                          permissions: [{and_rules: {rules: [
                            {or_rules: {rules: [
                              {header: {name: ":method", string_match: {exact: GET}}},
                              {header: {name: ":method", string_match: {exact: POST}}}]}},
                            {or_rules: {rules: [
                              {url_path: {path: {prefix: /api/}}},
                              {url_path: {path: {prefix: /shop.Carts/}}}]}}]}}]}}}}},
                    """;
    private static final String HTTP2 = """
            typed_extension_protocol_options: {
               envoy.extensions.upstreams.http.v3.HttpProtocolOptions: {
                 "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions,
                 explicit_http_config: {http2_protocol_options: {}}}},""";
    private static final String HOST = """
            {name: %1$s,
             domains: [%1$s, %1$s.shop, %1$s.shop.svc, %1$s.shop.svc.cluster.local, %1$s.shop.svc.clusterset.local],
             routes: [{match: {prefix: "/"}, route: {cluster: %1$s, timeout: 300s%2$s}}]}""";
    private static final String RETRY =
            ", retry_policy: {retry_on: \"connect-failure,refused-stream\", num_retries: 2}";
    private static final String CLUSTER = """
            {name: %1$s, type: STATIC, connect_timeout: 0.5s,
             %3$s
             %4$s
             load_assignment: {cluster_name: %1$s, endpoints: [{lb_endpoints: [{
               endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: %2$d}}}}]}]}}""";
    private static final String SAY_WHO_CALLS =
            "forward_client_cert_details: SANITIZE_SET, set_current_client_cert_details: {uri: true},";

    private EnvoyHttp() {}

    /**
     * Beside a caller.
     * @param services in its route table, all at {@code peer}
     * @throws Missing if there is no Envoy
     */
    public static Contender outbound(Workshop workshop, Wire wire, Papers papers, MeshPeer peer, int services)
            throws Missing {
        int port = Ports.free();
        String tls = EnvoyTls.calling(papers, peer, alpn(wire));
        String hosts = PaperFeed.services(services).stream()
                .map(name -> HOST.formatted(name, RETRY))
                .collect(Collectors.joining(",\n"));
        String clusters = PaperFeed.services(services).stream()
                .map(name -> cluster(wire, name, peer.port(), tls))
                .collect(Collectors.joining(",\n"));
        String text = CONFIG.formatted(port, PLAIN, codec(wire), "", "", hosts, clusters);
        return Envoy.start(workshop, "envoy-outbound", text, port);
    }

    /**
     * Beside an application.
     * @param caller who may call
     * @throws Missing if there is no Envoy
     */
    public static Contender inbound(
            Workshop workshop, Wire wire, Papers papers, String serverName, SpiffeId caller, int appPort)
            throws Missing {
        int port = Ports.free();
        String name = PaperCluster.HTTP.service().name();
        String text = CONFIG.formatted(
                port,
                EnvoyTls.serving(papers, serverName, caller, alpn(wire)),
                codec(wire),
                SAY_WHO_CALLS,
                RBAC.formatted(caller),
                HOST.formatted(name, ""),
                cluster(wire, name, appPort, ""));
        return Envoy.start(workshop, "envoy-inbound", text, port);
    }

    private static String cluster(Wire wire, String name, int port, String tls) {
        return CLUSTER.formatted(name, port, tls, wire.isMultiplexed() ? HTTP2 : "");
    }

    private static String codec(Wire wire) {
        return wire.isMultiplexed() ? "HTTP2" : "HTTP1";
    }

    private static String alpn(Wire wire) {
        return wire.isMultiplexed() ? "h2" : "http/1.1";
    }
}
