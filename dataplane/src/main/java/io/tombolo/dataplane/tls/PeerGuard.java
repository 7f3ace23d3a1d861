package io.tombolo.dataplane.tls;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.Alpn;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.trustbundle.bundle.BundleSet;
import io.tombolo.trustbundle.verify.PeerVerifier;
import io.tombolo.trustbundle.verify.VerifiedPeer;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * Stands behind the TLS handler until the handshake is over: verifies the peer's chain once more (so that even a handshake
 * that skipped the trust manager proves nothing), compares it with the ids that may answer, and goes.
 */
final class PeerGuard extends ChannelInboundHandlerAdapter {
    private final SslHandler handler;
    private final Supplier<BundleSet> bundles;
    private final InstantSource clock;
    private final Optional<Set<SpiffeId>> expected;
    private final Promise<Established> established;

    PeerGuard(
            SslHandler handler,
            Supplier<BundleSet> bundles,
            InstantSource clock,
            Optional<Set<SpiffeId>> expected,
            Promise<Established> established) {
        this.handler = handler;
        this.bundles = bundles;
        this.clock = clock;
        this.expected = expected;
        this.established = established;
    }

    Future<Established> established() {
        return established;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent end) {
            if (end.isSuccess()) {
                judge(ctx);
            } else {
                refuse(ctx, HandshakeFault.of(end.cause()));
            }
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        refuse(ctx, HandshakeFault.gone());
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        refuse(ctx, HandshakeFault.of(cause));
    }

    private void judge(ChannelHandlerContext ctx) {
        try {
            SSLSession session = handler.engine().getSession();
            VerifiedPeer peer = PeerVerifier.verify(chain(session), bundles.get(), clock.instant());
            checkExpected(peer);
            var result = new Established(peer, serverName(session), alpn());
            result.rememberOn(ctx.channel());
            ctx.pipeline().remove(this);
            established.trySuccess(result);
        } catch (TomboloException refused) {
            refuse(ctx, refused);
        } catch (SSLPeerUnverifiedException anonymous) {
            refuse(ctx, HandshakeFault.of(anonymous));
        }
    }

    private void refuse(ChannelHandlerContext ctx, TomboloException why) {
        established.tryFailure(why);
        ctx.close();
    }

    private void checkExpected(VerifiedPeer peer) {
        if (expected.isPresent() && !expected.get().contains(peer.id())) {
            throw new TomboloException(
                    Fault.WRONG_SERVER,
                    "server " + peer.id(),
                    "may not answer for the name that was asked for",
                    "check serverAccounts of the export and which workload listens there; nothing was sent to it");
        }
    }

    private static List<X509Certificate> chain(SSLSession session) throws SSLPeerUnverifiedException {
        return Arrays.stream(session.getPeerCertificates())
                .map(X509Certificate.class::cast)
                .toList();
    }

    private static Optional<String> serverName(SSLSession session) {
        if (!(session instanceof ExtendedSSLSession extended)) {
            return Optional.empty();
        }
        return extended.getRequestedServerNames().stream()
                .filter(SNIHostName.class::isInstance)
                .map(name -> ((SNIHostName) name).getAsciiName())
                .findFirst();
    }

    private Optional<Alpn> alpn() {
        return Optional.ofNullable(handler.applicationProtocol()).flatMap(Alpn::of);
    }
}
