package io.tombolo.it.actors;

import io.tombolo.trustbundle.pem.Pem;
import io.tombolo.trustbundle.svid.Svid;
import io.tombolo.trustbundle.tls.SvidKeyManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Somebody who copied a proxy's identity, key and all, from its disk, and believes everybody. */
public final class Attacker {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Svid stolen;

    private Attacker(Svid stolen) {
        this.stolen = stolen;
    }

    /** Copies what {@code victim} has on its disk now. */
    public static Attacker withIdentityOf(ProxyProcess victim) {
        try {
            Path file = victim.state().resolve("svid.pem");
            String pem = Files.readString(file, StandardCharsets.US_ASCII);
            return new Attacker(Svid.of(Pem.certificates(pem), Pem.privateKey(pem)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whose identity it is. */
    public String identity() {
        return stolen.id().toString();
    }

    /** Connects to a mesh port and asks for {@code serverName}; under TLS 1.3 a refusal shows at the first read only. */
    public OpenStream connects(int port, String serverName, String protocol) {
        try {
            var socket = (SSLSocket) context().getSocketFactory().createSocket();
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) PATIENCE.toMillis());
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setProtocols(new String[] {"TLSv1.3"});
            parameters.setServerNames(List.of(new SNIHostName(serverName)));
            parameters.setApplicationProtocols(new String[] {protocol});
            socket.setSSLParameters(parameters);
            return new OpenStream(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(new KeyManager[] {new SvidKeyManager(() -> stolen)}, new TrustManager[] {new Anybody()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Listens where others expect somebody else. */
    public Trap answersAt(int port, String protocol) {
        return new Trap(port, protocol);
    }

    /** A TLS server with the stolen identity. */
    public final class Trap implements AutoCloseable {
        private final ServerSocket listener;
        private final AtomicInteger connections = new AtomicInteger();
        private final AtomicInteger applicationBytes = new AtomicInteger();

        private Trap(int port, String protocol) {
            try {
                SSLContext context = context();
                listener = new ServerSocket();
                listener.setReuseAddress(true);
                listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                Thread.ofVirtual().name("trap").start(() -> accept(context, protocol));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void accept(SSLContext context, String protocol) {
            while (!listener.isClosed()) {
                try {
                    Socket plain = listener.accept();
                    connections.incrementAndGet();
                    Thread.ofVirtual().start(() -> lure(context, protocol, plain));
                } catch (IOException closed) {
                    return;
                }
            }
        }

        private void lure(SSLContext context, String protocol, Socket plain) {
            try (var socket = (SSLSocket) context.getSocketFactory().createSocket(plain, null, plain.getPort(), true)) {
                socket.setUseClientMode(false);
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setProtocols(new String[] {"TLSv1.3"});
                parameters.setApplicationProtocols(new String[] {protocol});
                socket.setSSLParameters(parameters);
                while (socket.getInputStream().read() >= 0) {
                    applicationBytes.incrementAndGet();
                }
            } catch (IOException refused) {
                // The caller wants nothing of this server.
            }
        }

        /** Who came so far. */
        public int connections() {
            return connections.get();
        }

        /** What they said after the handshake. */
        public int applicationBytes() {
            return applicationBytes.get();
        }

        @Override
        public void close() {
            try {
                listener.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

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
