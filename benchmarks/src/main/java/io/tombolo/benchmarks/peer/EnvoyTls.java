package io.tombolo.benchmarks.peer;

import io.tombolo.model.name.SpiffeId;

/** Mutual TLS 1.3 of an Envoy: X25519, no resumption, one SPIFFE id on the other side. */
final class EnvoyTls {
    private static final String SERVING = """
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
    private static final String CALLING = """
                outlier_detection: {consecutive_5xx: 5},
                transport_socket: {
                  name: envoy.transport_sockets.tls,
                  typed_config: {
                    "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext,
                    sni: %s, max_session_keys: 0,
                    %s}},
            """;
    private static final String COMMON = """
                    common_tls_context: {
                      alpn_protocols: [%s],
                      tls_params: {
                        tls_minimum_protocol_version: TLSv1_3, tls_maximum_protocol_version: TLSv1_3, ecdh_curves: [X25519]},
                      tls_certificates: [{certificate_chain: {filename: "%s"}, private_key: {filename: "%s"}}],
                      validation_context: {
                        trusted_ca: {filename: "%s"},
                        match_typed_subject_alt_names: [{san_type: URI, matcher: {exact: "%s"}}]}}""";

    private EnvoyTls() {}

    /** Of a listener; its filter chain follows. */
    static String serving(Papers papers, String serverName, SpiffeId caller, String alpn) {
        return SERVING.formatted(serverName, common(papers, caller, alpn));
    }

    /** Of a cluster. */
    static String calling(Papers papers, MeshPeer peer, String alpn) {
        return CALLING.formatted(peer.serverName(), common(papers, peer.id(), alpn));
    }

    private static String common(Papers papers, SpiffeId peer, String alpn) {
        return COMMON.formatted(alpn, papers.chain(), papers.key(), papers.roots(), peer);
    }
}
