package io.tombolo.dataplane.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A program for a network namespace: servers that know nothing of a mesh, on all addresses. Says {@code ready}, and ends with
 * its input.
 */
final class OutsideServer {
    static final int WEB = 8_080;
    static final int SPARED_WEB = 8_081;
    static final int LINES = 9_090;

    private OutsideServer() {}

    public static void main(String... args) throws IOException {
        listen(WEB, OutsideServer::web);
        listen(SPARED_WEB, OutsideServer::web);
        listen(LINES, OutsideServer::greeting);
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // until the test ends
        }
        System.exit(0);
    }

    private static void web(InputStream in, OutputStream out, Socket socket) throws IOException {
        RawApp.head(in);
        out.write(RawApp.ok("outside").getBytes());
    }

    /** Speaks first, then says how much it heard until the client ended its half. */
    static void greeting(InputStream in, OutputStream out, Socket socket) throws IOException {
        out.write("220 ready\r\n".getBytes());
        out.flush();
        out.write((in.readAllBytes().length + " bytes").getBytes());
    }

    private static void listen(int port, RawApp.Behaviour behaviour) throws IOException {
        var server = new ServerSocket(port);
        RawApp.run(() -> {
            while (true) {
                try {
                    Socket socket = server.accept();
                    RawApp.run(() -> serve(behaviour, socket));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    private static void serve(RawApp.Behaviour behaviour, Socket socket) {
        try (socket) {
            behaviour.serve(socket.getInputStream(), socket.getOutputStream(), socket);
        } catch (IOException gone) {
            // the other side left
        }
    }
}
