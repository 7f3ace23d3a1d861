package io.tombolo.it.actors;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Somebody who talks to a {@link LineApp} over one connection. */
public final class LineClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket;
    private final BufferedReader in;

    private LineClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Connects, and is going to be echoed. */
    public static LineClient to(int port) {
        try {
            var client = new LineClient(new Socket(InetAddress.getLoopbackAddress(), port));
            client.send("echo");
            return client;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void send(String line) throws IOException {
        socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a line. @return the line that came back; empty when the connection was ended */
    public String says(String line) {
        try {
            send(line);
            @Nullable String back = in.readLine();
            return back == null ? "" : back;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the other side's end. @return false if something came instead */
    public boolean isEnded() {
        try {
            return in.readLine() == null;
        } catch (IOException broken) {
            return true;
        }
    }

    /** Sends lines, ends its half of the connection, and only then reads. @return all that came back */
    public static String counts(int port, List<String> lines) {
        try (var client = new LineClient(new Socket(InetAddress.getLoopbackAddress(), port))) {
            client.send("count");
            for (String line : lines) {
                client.send(line);
            }
            client.socket.shutdownOutput();
            return String.join("\n", client.in.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
