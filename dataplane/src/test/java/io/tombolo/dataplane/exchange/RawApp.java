package io.tombolo.dataplane.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** An application that does exactly what a test tells it, on plain sockets. */
final class RawApp implements AutoCloseable {
    /** What it does with one connection. */
    interface Behaviour {
        void serve(InputStream in, OutputStream out, Socket socket) throws IOException;
    }

    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    final AtomicInteger connections = new AtomicInteger();
    final List<String> heads = Collections.synchronizedList(new ArrayList<>());

    private RawApp(ServerSocket server) {
        this.server = server;
    }

    static RawApp start(Behaviour behaviour) throws IOException {
        var app = new RawApp(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        run(() -> app.accept(behaviour));
        return app;
    }

    /** Answers every request on every connection with the same bytes, after its whole head (bodies are not read). */
    static RawApp answering(String answer) throws IOException {
        RawApp[] self = new RawApp[1];
        self[0] = start((in, out, socket) -> {
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                self[0].heads.add(head);
                out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
            }
        });
        return self[0];
    }

    static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /** Reads up to the empty line; empty at the end of input. */
    static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        return head.toString();
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept(Behaviour behaviour) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.incrementAndGet();
                sockets.add(socket);
                if (server.isClosed()) {
                    socket.close(); // it came in while the others were being closed
                    return;
                }
                run(() -> serve(behaviour, socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    /** Not a virtual thread: a socket on which one of those waits is closed only when that thread has run again. */
    static Thread run(Runnable task) {
        return Thread.ofPlatform().daemon().start(task);
    }

    private void serve(Behaviour behaviour, Socket socket) {
        try (socket) {
            behaviour.serve(socket.getInputStream(), socket.getOutputStream(), socket);
        } catch (IOException gone) {
            // the other side left
        } finally {
            sockets.remove(socket);
        }
    }

    /** Waits until nobody is connected; the test's own time limit ends it. */
    void awaitQuiet() {
        while (!sockets.isEmpty()) {
            Thread.onSpinWait();
        }
    }

    /** Stops listening and breaks every connection. */
    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
