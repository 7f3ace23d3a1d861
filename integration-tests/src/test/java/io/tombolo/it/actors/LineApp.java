package io.tombolo.it.actors;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A plain TCP server. A client whose first line is {@code echo} gets each further line back at once; one whose first line is
 * {@code count} hears nothing until it has ended its half of the connection, and then how many lines it sent.
 */
public final class LineApp implements AutoCloseable {
    private final ServerSocket server;

    private LineApp(ServerSocket server) {
        this.server = server;
    }

    public static LineApp start() {
        try {
            var app = new LineApp(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            Thread.ofPlatform().daemon().name("line-app").start(app::accept);
            return app;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofPlatform().daemon().name("line-app-client").start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void serve(Socket socket) {
        try (socket) {
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            OutputStream out = socket.getOutputStream();
            boolean echoes = "echo".equals(in.readLine());
            int lines = 0;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines++;
                if (echoes) {
                    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }
            out.write((lines + " lines\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException gone) {
            // the other side left
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
