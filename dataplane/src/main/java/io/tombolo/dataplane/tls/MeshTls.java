package io.tombolo.dataplane.tls;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.tombolo.model.name.Alpn;
import io.tombolo.model.name.Sni;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.trustbundle.bundle.BundleSet;
import io.tombolo.trustbundle.svid.Svid;
import io.tombolo.trustbundle.verify.SpiffeTrustManager;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;

/**
 * Puts mutual TLS 1.3 onto channels. Every handshake takes the SVID and the bundles that are held at that moment; renewing
 * either needs nothing here. Safe on any thread.
 */
public final class MeshTls {
    private final Supplier<Svid> svid;
    private final Supplier<BundleSet> bundles;
    private final InstantSource clock;
    private final TlsEngine engine;
    private final Duration handshakeTimeout;
    private final SpiffeTrustManager verifier;
    private volatile TlsContexts contexts;

    /**
     * Asks {@code svid} once, to begin with.
     * @param handshakeTimeout limit for one handshake, both sides
     */
    public MeshTls(
            Supplier<Svid> svid,
            Supplier<BundleSet> bundles,
            InstantSource clock,
            TlsEngine engine,
            Duration handshakeTimeout) {
        this.svid = svid;
        this.bundles = bundles;
        this.clock = clock;
        this.engine = engine;
        this.handshakeTimeout = handshakeTimeout;
        this.verifier = new SpiffeTrustManager(bundles, clock);
        this.contexts = new TlsContexts(svid.get(), verifier, engine);
    }

    /**
     * Adds the server's side to the end of the channel's pipeline. Call it on the channel's loop, before it reads.
     * @param protocols what this listener speaks, preferred first; an agreement on none of them is left to the caller
     * @return what was established, on the channel's loop; on failure the cause is a
     *     {@link io.tombolo.model.fault.TomboloException} and the channel is closed
     */
    public Future<Established> server(Channel channel, List<Alpn> protocols) {
        SslHandler handler = contexts().server(protocols).newHandler(channel.alloc());
        return shake(channel, handler, Optional.empty());
    }

    /**
     * Adds the client's side. Nothing of the application is sent before the peer has proved to be one of {@code expected};
     * else the future fails with WRONG_SERVER. Call it on the channel's loop.
     * @param name      goes out as the server name
     * @param protocols offered, preferred first
     */
    public Future<Established> client(Channel channel, Sni name, List<Alpn> protocols, Set<SpiffeId> expected) {
        SslContext context = contexts().client(protocols);
        SslHandler handler = context.newHandler(channel.alloc());
        SSLParameters parameters = handler.engine().getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(name.toString())));
        handler.engine().setSSLParameters(parameters);
        return shake(channel, handler, Optional.of(expected));
    }

    /** The identity as it is held now. */
    public Svid svid() {
        return svid.get();
    }

    /** What time it is for certificates. */
    public Instant now() {
        return clock.instant();
    }

    private Future<Established> shake(Channel channel, SslHandler handler, Optional<Set<SpiffeId>> expected) {
        // Under TLS a direction ends by close_notify; a FIN ends the connection.
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
        handler.setHandshakeTimeoutMillis(handshakeTimeout.toMillis());
        var guard = new PeerGuard(
                handler, bundles, clock, expected, channel.eventLoop().newPromise());
        channel.pipeline().addLast(new KeyGroupPeek(expected.isPresent()), handler, guard);
        return guard.established();
    }

    private TlsContexts contexts() {
        Svid held = svid.get();
        TlsContexts current = contexts;
        if (!current.areOf(held)) {
            current = new TlsContexts(held, verifier, engine); // two loops may both build it; either one will do
            contexts = current;
        }
        return current;
    }
}
