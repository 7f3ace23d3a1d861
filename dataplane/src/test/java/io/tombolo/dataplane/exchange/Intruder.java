package io.tombolo.dataplane.exchange;

import io.tombolo.dataplane.fixture.TestCluster;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.name.Sni;
import io.tombolo.trustbundle.svid.Svid;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Somebody with a valid identity and no sidecar: says to another sidecar whatever a test wants. */
final class Intruder {
    private static final char[] NO_SECRET = {};

    private Intruder() {}

    /** Sends bytes and reads until the connection's end. */
    static String says(Svid as, TestSidecar to, ServicePort service, String alpn, String bytes) throws Exception {
        var sni = Sni.Service.any(service, to.cluster().id(), TestCluster.FEDERATION);
        try (SSLSocket socket = connects(as, to.address(), sni.toString(), alpn)) {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            return read(socket);
        }
    }

    /** A connection on which the handshake has not begun; it begins with the first byte. */
    static SSLSocket connects(Svid as, HostPort to, String name, String alpn) throws Exception {
        SSLContext context = context(as); // first: it takes a while, and whoever is connected to waits for a hello
        var plain = new Socket(InetAddress.getLoopbackAddress(), to.port());
        var socket = (SSLSocket) context.getSocketFactory().createSocket(plain, "x", 1, true);
        socket.setSoTimeout(10_000);
        var parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(name)));
        parameters.setApplicationProtocols(new String[] {alpn});
        parameters.setProtocols(new String[] {"TLSv1.3"});
        socket.setSSLParameters(parameters);
        return socket;
    }

    private static String read(SSLSocket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    private static SSLContext context(Svid as) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_SECRET);
        store.setKeyEntry("own", as.privateKey(), NO_SECRET, as.chain().toArray(X509Certificate[]::new));
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, NO_SECRET);
        var context = SSLContext.getInstance("TLSv1.3");
        context.init(keys.getKeyManagers(), new TrustManager[] {new Credulous()}, null);
        return context;
    }

    /** It does not care who answers. */
    private static final class Credulous implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
