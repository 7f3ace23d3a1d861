package io.tombolo.it.actors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** One address for several servers on a port, as a Service of Kubernetes is: each connection goes to the next one that answers. */
public final class ServiceAddress implements AutoCloseable {
    private static final int CONNECT_MILLIS = 200;

    private final List<String> servers;
    private final int port;
    private final ServerSocket listener;
    private final AtomicInteger next = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** @param host of this machine only; @param servers the same */
    public ServiceAddress(String host, int port, List<String> servers) {
        this.servers = List.copyOf(servers);
        this.port = port;
        try {
            listener = new ServerSocket();
            listener.bind(new InetSocketAddress(host, port), 256);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException closed) {
                // the loop ends with the listener
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket server = connected()) {
            open.add(server);
            Thread back = Thread.ofVirtual().start(() -> pass(server, client));
            pass(client, server);
            back.join();
        } catch (IOException nobodyThere) {
            // the client sees its connection end
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private Socket connected() throws IOException {
        for (int tried = 0; tried < servers.size(); tried++) {
            String host = servers.get(Math.floorMod(next.getAndIncrement(), servers.size()));
            var socket = new Socket();
            try {
                socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
                return socket;
            } catch (IOException notThis) {
                socket.close();
            }
        }
        throw new IOException("nobody listens");
    }

    private static void pass(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException ended) {
            end(from);
            end(to);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        open.forEach(ServiceAddress::end);
    }
}
