package io.tombolo.cli.looking;

import io.tombolo.cli.evidence.Door;
import io.tombolo.model.name.Alpn;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Asks at an address who is there: the beginning of a TLS handshake, until the other side has shown its certificate. Nothing is
 * believed and nothing is sent.
 * @param sameMachine whether addresses are meant as they are on this machine
 */
record Doorbell(boolean sameMachine) {
    private static final int PATIENCE_MILLIS = 3_000;
    private static final int URI_NAME = 6;

    /** @param address {@code host:port}; @param serverName that the gateway answers itself */
    Door ring(String gateway, String address, String serverName) {
        return ring(gateway, address, serverName, Alpn.TOMBOLO_CTL.protocol());
    }

    /** @param protocols of whom is asked for */
    Door ring(String gateway, String address, String serverName, String... protocols) {
        int colon = address.lastIndexOf(':');
        String host = address.substring(0, Math.max(0, colon)).replaceAll("[\\[\\]]", "");
        try (var socket = new Socket()) {
            InetAddress there = InetAddress.getByName(host);
            boolean telling = sameMachine || !isPrivate(there);
            try {
                socket.setSoTimeout(PATIENCE_MILLIS);
                socket.connect(
                        new InetSocketAddress(there, Integer.parseInt(address.substring(colon + 1))), PATIENCE_MILLIS);
            } catch (IOException refused) {
                return new Door(gateway, address, telling, new Door.Closed("does not answer: " + refused.getMessage()));
            }
            return new Door(gateway, address, telling, new Door.Proven(shown(socket, host, serverName, protocols)));
        } catch (IOException | GeneralSecurityException | NumberFormatException unusable) {
            return new Door(gateway, address, true, new Door.Closed("cannot be used: " + unusable.getMessage()));
        }
    }

    /** The identity in the certificate; empty if none was shown. */
    private static String shown(Socket socket, String host, String serverName, String... protocols)
            throws IOException, GeneralSecurityException {
        var certificate = new AtomicReference<X509Certificate>();
        SSLContext tls = SSLContext.getInstance("TLSv1.3");
        tls.init(null, new TrustManager[] {new Looking(certificate)}, null);
        try (var secured = (SSLSocket) tls.getSocketFactory().createSocket(socket, host, socket.getPort(), true)) {
            SSLParameters parameters = secured.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(serverName)));
            parameters.setApplicationProtocols(protocols);
            secured.setSSLParameters(parameters);
            secured.startHandshake();
        } catch (IOException ended) {
            // It was to end here: who is there was seen, or there was nobody who speaks TLS.
        }
        X509Certificate seen = certificate.get();
        return seen == null ? "" : identity(seen);
    }

    private static String identity(X509Certificate certificate) throws CertificateParsingException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
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

    /** Takes down what is shown, and refuses it. */
    private record Looking(AtomicReference<X509Certificate> certificate) implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) throws CertificateException {
            throw new CertificateException("nobody is a client here");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) throws CertificateException {
            certificate.set(chain[0]);
            throw new CertificateException("only looked at");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
