package io.tombolo.controller.backbone;

import io.tombolo.trustbundle.tls.CertifiedKey;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SslConfigs;

/**
 * How to reach Kafka, as one identity. TLS 1.3 with a client certificate, the broker's name checked, whoever runs it.
 * @param bootstrapServers {@code host:port}, at least one
 * @param serverRoots      what the brokers' certificates must chain to, at least one
 * @param credential       asked for every new connection, on Kafka's network thread: it must not block. So a renewed
 *                         certificate is used from the next connection on, and no client has to be made anew
 */
public record BackboneConnection(
        List<String> bootstrapServers, List<X509Certificate> serverRoots, Supplier<CertifiedKey> credential) {
    public BackboneConnection {
        bootstrapServers = List.copyOf(bootstrapServers);
        serverRoots = List.copyOf(serverRoots);
        if (bootstrapServers.isEmpty() || serverRoots.isEmpty()) {
            throw new IllegalArgumentException("a backbone connection needs a bootstrap server and a root");
        }
    }

    /** The same Kafka, seen as somebody else. */
    public BackboneConnection as(Supplier<CertifiedKey> other) {
        return new BackboneConnection(bootstrapServers, serverRoots, other);
    }

    /**
     * The part of a Kafka client's settings that says where and who; the caller adds what it does. The map holds objects,
     * not text: give it to the client as it is.
     */
    public Map<String, Object> clientSettings() {
        var settings = new HashMap<String, Object>();
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, String.join(",", bootstrapServers));
        settings.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "SSL");
        settings.put(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, BackboneTls.class);
        settings.put(BackboneTls.CONNECTION, this);
        return settings;
    }

    @Override
    public String toString() {
        return "Kafka at " + String.join(",", bootstrapServers);
    }
}
