package io.tombolo.it.actors;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network on loopback that loses answers: it passes TLS on, until a client has sent a record of at least a given size. That
 * one still arrives; nothing comes back any more, though the connection stays open.
 */
public final class NetworkFault implements AutoCloseable {
    private static final int APPLICATION_DATA = 23;

    private final ServerSocket listener;
    private final int targetPort;
    private final int largestAnswered;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger lost = new AtomicInteger();

    private NetworkFault(ServerSocket listener, int targetPort, int largestAnswered) {
        this.listener = listener;
        this.targetPort = targetPort;
        this.largestAnswered = largestAnswered;
    }

    /** @param address {@code 127.0.0.1:port}; @param bytes requests from this size on get no answer */
    public static NetworkFault losingAnswersTo(int bytes, String address) {
        try {
            int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
            var fault = new NetworkFault(new ServerSocket(0, 16, InetAddress.getLoopbackAddress()), port, bytes);
            Thread.ofVirtual().name("network-fault").start(fault::accept);
            return fault;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens. */
    public String address() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    /** Connections whose answer was lost so far. */
    public int lost() {
        return lost.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), targetPort);
                open.addAll(List.of(client, server));
                new Pair(client, server).start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private final class Pair {
        private final Socket client;
        private final Socket server;
        private volatile boolean cut;

        Pair(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void start() {
            Thread.ofVirtual().start(this::requests);
            Thread.ofVirtual().start(this::answers);
        }

        /** TLS records: type, version, length, then that many bytes. */
        private void requests() {
            try (var in = new DataInputStream(client.getInputStream());
                    OutputStream out = server.getOutputStream()) {
                while (true) {
                    byte[] head = in.readNBytes(5);
                    if (head.length < 5) {
                        return;
                    }
                    byte[] body = in.readNBytes((head[3] & 0xff) << 8 | head[4] & 0xff);
                    if (head[0] == APPLICATION_DATA && body.length >= largestAnswered && !cut) {
                        cut = true;
                        lost.incrementAndGet();
                    }
                    out.write(head);
                    out.write(body);
                }
            } catch (IOException gone) {
                // The other side went away: so does this one.
            }
        }

        private void answers() {
            try (var in = server.getInputStream();
                    OutputStream out = client.getOutputStream()) {
                byte[] buffer = new byte[16_384];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    if (!cut) {
                        out.write(buffer, 0, read);
                    }
                }
            } catch (IOException gone) {
                // The other side went away: so does this one.
            }
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
