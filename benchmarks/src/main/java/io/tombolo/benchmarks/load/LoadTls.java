package io.tombolo.benchmarks.load;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.File;
import javax.net.ssl.SSLException;

/** Mutual TLS 1.3 of both ends of a measurement. Which group is used says {@code -Djdk.tls.namedGroups}. */
public final class LoadTls {
    private LoadTls() {}

    /** The load generator's side. It believes everybody: the other side's work is measured, not its own. */
    public static SslContext client(Wire wire, File chain, File key) throws SSLException {
        return SslContextBuilder.forClient()
                .keyManager(chain, key)
                .sslProvider(SslProvider.OPENSSL)
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .protocols("TLSv1.3")
                .endpointIdentificationAlgorithm("")
                .applicationProtocolConfig(offering(wire))
                .build();
    }

    static SslContext server(Wire wire, File chain, File key, File roots) throws SSLException {
        return SslContextBuilder.forServer(chain, key)
                .sslProvider(SslProvider.OPENSSL)
                .trustManager(roots)
                .clientAuth(ClientAuth.REQUIRE)
                .protocols("TLSv1.3")
                .applicationProtocolConfig(offering(wire))
                .build();
    }

    private static ApplicationProtocolConfig offering(Wire wire) {
        return new ApplicationProtocolConfig(
                ApplicationProtocolConfig.Protocol.ALPN,
                ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                wire.offered());
    }
}
