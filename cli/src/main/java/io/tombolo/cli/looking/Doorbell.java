package io.tombolo.cli.looking;

import io.tombolo.cli.evidence.Door;
import io.tombolo.cli.forward.TimeLeft;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.Alpn;
import io.tombolo.trustbundle.bundle.BundleSet;
import io.tombolo.trustbundle.verify.PeerVerifier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Asks at an address who is there: a TLS handshake without an identity of its own, which the other side ends as soon as it sees that.
 * Nothing is sent, and only who proves it is believed to be who he says.
 * @param sameMachine whether addresses are meant as they are on this machine
 * @param bundles     by which an identity is proven
 */
record Doorbell(boolean sameMachine, BundleSet bundles, InstantSource clock, TimeLeft time, Duration patience) {
    private static final Duration PATIENCE = Duration.ofSeconds(6);
    private static final int CONNECT_MILLIS = 3_000;
    private static final int URI_NAME = 6;

    Doorbell(boolean sameMachine, BundleSet bundles, InstantSource clock, TimeLeft time) {
        this(sameMachine, bundles, clock, time, PATIENCE);
    }

    /** @param address {@code host:port}; @param serverName that the gateway answers itself */
    Door ring(String gateway, String address, String serverName) {
        return ring(gateway, address, serverName, Alpn.TOMBOLO_CTL.protocol());
    }

    /** @param protocols of whom is asked for */
    Door ring(String gateway, String address, String serverName, String... protocols) {
        try {
            return time.within(patience, Doorbell::late, () -> rung(gateway, address, serverName, protocols));
        } catch (TomboloException late) {
            return time.isOver()
                    ? new Door(gateway, address, false, new Door.Unasked(late.what()))
                    : new Door(gateway, address, sameMachine, new Door.Closed(late.what()));
        }
    }

    private static TomboloException late(String why) {
        return new TomboloException(Fault.NOT_LOOKED_AT, "gateway", why, "");
    }

    private Door rung(String gateway, String address, String serverName, String... protocols) {
        int colon = address.lastIndexOf(':');
        String host = address.substring(0, Math.max(0, colon)).replaceAll("[\\[\\]]", "");
        try (var socket = new Socket()) {
            InetAddress there = InetAddress.getByName(host);
            boolean telling = sameMachine || !isPrivate(there);
            try {
                socket.connect(
                        new InetSocketAddress(there, Integer.parseInt(address.substring(colon + 1))), CONNECT_MILLIS);
            } catch (IOException refused) {
                return new Door(gateway, address, telling, new Door.Closed("does not answer: " + refused.getMessage()));
            }
            return new Door(gateway, address, telling, shown(socket, host, serverName, protocols));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException unusable) {
            return new Door(gateway, address, true, new Door.Closed("cannot be used: " + unusable.getMessage()));
        }
    }

    /** Its side of the handshake ends only after who is there signed it with the certificate's key. */
    private Door.Answer shown(Socket socket, String host, String serverName, String... protocols)
            throws IOException, GeneralSecurityException {
        var looking = new Looking(new AtomicReference<>(), new AtomicReference<>(), bundles, clock.instant());
        SSLContext tls = SSLContext.getInstance("TLSv1.3");
        tls.init(null, new TrustManager[] {looking}, null);
        try (var secured = (SSLSocket) tls.getSocketFactory().createSocket(socket, host, socket.getPort(), true)) {
            SSLParameters parameters = secured.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(serverName)));
            parameters.setApplicationProtocols(protocols);
            secured.setSSLParameters(parameters);
            secured.startHandshake();
            return new Door.Proven(identity(looking.certificate().get()));
        } catch (IOException ended) {
            return unproven(looking);
        }
    }

    private static Door.Answer unproven(Looking looking) throws CertificateParsingException {
        X509Certificate seen = looking.certificate().get();
        TomboloException refused = looking.refused().get();
        return new Door.Shown(
                seen == null ? "" : identity(seen),
                refused != null && refused.fault() != Fault.UNKNOWN_TRUST_DOMAIN,
                refused == null ? "the handshake broke off before it was proven" : refused.what());
    }

    private static String identity(@Nullable X509Certificate certificate) throws CertificateParsingException {
        Collection<List<?>> names = certificate == null ? null : certificate.getSubjectAlternativeNames();
        return names == null
                ? ""
                : names.stream()
                        .filter(name -> Integer.valueOf(URI_NAME).equals(name.getFirst()))
                        .map(name -> String.valueOf(name.get(1)))
                        .findFirst()
                        .orElse("");
    }

    /** Of another network perhaps: whoever answers, or does not, need not be who is meant. */
    private static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
        boolean shared = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
        return address.isLoopbackAddress()
                || address.isSiteLocalAddress()
                || address.isLinkLocalAddress()
                || uniqueLocal
                || shared;
    }

    /** Takes down what is shown, and whether its bundle vouches for it. */
    private record Looking(
            AtomicReference<@Nullable X509Certificate> certificate,
            AtomicReference<@Nullable TomboloException> refused,
            BundleSet bundles,
            Instant now)
            implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) throws CertificateException {
            throw new CertificateException("nobody is a client here");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) throws CertificateException {
            certificate.set(chain[0]);
            try {
                PeerVerifier.verify(List.of(chain), bundles, now);
            } catch (TomboloException unproven) {
                refused.set(unproven);
                throw new CertificateException("only looked at", unproven);
            }
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
