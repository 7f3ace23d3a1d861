package io.tombolo.benchmarks.peer;

import io.tombolo.benchmarks.place.Ports;
import io.tombolo.benchmarks.place.Workshop;
import io.tombolo.model.name.SpiffeId;

/**
 * Envoy set up to do for TCP what a sidecar of ours does: {@code tcp_proxy} with attempts to connect, mutual TLS 1.3, RBAC by caller
 * where connections come in; one worker.
 */
public final class EnvoyTcp {
    private static final String CONFIG = """
            static_resources: {
              listeners: [{
                address: {socket_address: {address: 127.0.0.1, port_value: %d}},
                %s
                filters: [%s{
                  name: envoy.filters.network.tcp_proxy,
                  typed_config: {
                    "@type": type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy,
                    stat_prefix: tcp, cluster: there, max_connect_attempts: 3}}]}]}],
              clusters: [{
                name: there, type: STATIC, connect_timeout: 0.5s,
                %s
                load_assignment: {cluster_name: there, endpoints: [{lb_endpoints: [{
                  endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: %d}}}}]}]}}]}
            """;
    private static final String PLAIN = "filter_chains: [{";
    private static final String RBAC = """
            {name: envoy.filters.network.rbac,
                  typed_config: {
                    "@type": type.googleapis.com/envoy.extensions.filters.network.rbac.v3.RBAC, stat_prefix: rbac,
                    rules: {action: ALLOW, policies: {callers: {
                      principals: [{authenticated: {principal_name: {exact: "%s"}}}],
                      permissions: [{any: true}]}}}}},
            """;

    private EnvoyTcp() {}

    /**
     * Beside a caller.
     * @throws Missing if there is no Envoy
     */
    public static Contender outbound(Workshop workshop, Papers papers, MeshPeer peer) throws Missing {
        int port = Ports.free();
        String tls = EnvoyTls.calling(papers, peer, "");
        return Envoy.start(workshop, "envoy-outbound", CONFIG.formatted(port, PLAIN, "", tls, peer.port()), port);
    }

    /**
     * Beside an application.
     * @param caller who may call
     * @throws Missing if there is no Envoy
     */
    public static Contender inbound(Workshop workshop, Papers papers, String serverName, SpiffeId caller, int appPort)
            throws Missing {
        int port = Ports.free();
        String tls = EnvoyTls.serving(papers, serverName, caller, "");
        String text = CONFIG.formatted(port, tls, RBAC.formatted(caller), "", appPort);
        return Envoy.start(workshop, "envoy-inbound", text, port);
    }
}
