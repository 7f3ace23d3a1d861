package io.tombolo.benchmarks.peer;

import io.tombolo.benchmarks.place.Ports;
import io.tombolo.benchmarks.place.Workshop;
import io.tombolo.model.name.SpiffeId;
import java.util.stream.Collectors;

/**
 * Envoy set up to do what a sidecar of ours does: HTTP connection manager and router only, no request ids, no access log; a
 * virtual host and a cluster per service, retries of failed connects, mutual TLS 1.3 without resumption, the caller's id in a
 * header of what goes to the application; one worker.
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
                    stat_prefix: http, codec_type: HTTP1, generate_request_id: false,
                    common_http_protocol_options: {idle_timeout: 75s},
                    %s
                    http_filters: [{
                      name: envoy.filters.http.router,
                      typed_config: {
                        "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router,
                        suppress_envoy_headers: true}}],
                    route_config: {virtual_hosts: [%s]}}}]}]}],
              clusters: [%s]}
            """;
    private static final String PLAIN = "filter_chains: [{";
    private static final String SERVER_TLS = """
                listener_filters: [{
                  name: envoy.filters.listener.tls_inspector,
                  typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector}}],
                filter_chains: [{
                filter_chain_match: {server_names: ["%s"]},
                transport_socket: {
                  name: envoy.transport_sockets.tls,
                  typed_config: {
                    "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext,
                    require_client_certificate: true,
                    disable_stateless_session_resumption: true, disable_stateful_session_resumption: true,
                    %s}},
            """;
    private static final String CLIENT_TLS = """
                outlier_detection: {consecutive_5xx: 5},
                transport_socket: {
                  name: envoy.transport_sockets.tls,
                  typed_config: {
                    "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext,
                    sni: %s, max_session_keys: 0,
                    %s}},
            """;
    private static final String COMMON_TLS = """
                    common_tls_context: {
                      alpn_protocols: [http/1.1],
                      tls_params: {
                        tls_minimum_protocol_version: TLSv1_3, tls_maximum_protocol_version: TLSv1_3, ecdh_curves: [X25519]},
                      tls_certificates: [{certificate_chain: {filename: "%s"}, private_key: {filename: "%s"}}],
                      validation_context: {
                        trusted_ca: {filename: "%s"},
                        match_typed_subject_alt_names: [{san_type: URI, matcher: {exact: "%s"}}]}}""";
    private static final String HOST = """
            {name: %1$s,
             domains: [%1$s, %1$s.shop, %1$s.shop.svc, %1$s.shop.svc.cluster.local, %1$s.shop.svc.clusterset.local],
             routes: [{match: {prefix: "/"}, route: {cluster: %1$s, timeout: 300s%2$s}}]}""";
    private static final String RETRY =
            ", retry_policy: {retry_on: \"connect-failure,refused-stream\", num_retries: 2}";
    private static final String CLUSTER = """
            {name: %1$s, type: STATIC, connect_timeout: 0.5s,
             %3$s
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
    public static Contender outbound(Workshop workshop, Papers papers, MeshPeer peer, int services) throws Missing {
        int port = Ports.free();
        String tls = CLIENT_TLS.formatted(peer.serverName(), common(papers, peer.id()));
        String hosts = PaperFeed.services(services).stream()
                .map(name -> HOST.formatted(name, RETRY))
                .collect(Collectors.joining(",\n"));
        String clusters = PaperFeed.services(services).stream()
                .map(name -> CLUSTER.formatted(name, peer.port(), tls))
                .collect(Collectors.joining(",\n"));
        return Envoy.start(workshop, "envoy-outbound", CONFIG.formatted(port, PLAIN, "", hosts, clusters), port);
    }

    /**
     * Beside an application.
     * @param caller who may call
     * @throws Missing if there is no Envoy
     */
    public static Contender inbound(Workshop workshop, Papers papers, String serverName, SpiffeId caller, int appPort)
            throws Missing {
        int port = Ports.free();
        String name = PaperCluster.HTTP.service().name();
        String text = CONFIG.formatted(
                port,
                SERVER_TLS.formatted(serverName, common(papers, caller)),
                SAY_WHO_CALLS,
                HOST.formatted(name, ""),
                CLUSTER.formatted(name, appPort, ""));
        return Envoy.start(workshop, "envoy-inbound", text, port);
    }

    private static String common(Papers papers, SpiffeId peer) {
        return COMMON_TLS.formatted(papers.chain(), papers.key(), papers.roots(), peer);
    }
}
