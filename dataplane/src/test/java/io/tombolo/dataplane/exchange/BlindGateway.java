package io.tombolo.dataplane.exchange;

import io.tombolo.model.catalog.HostPort;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/** Passes every connection on to one sidecar: what a gateway is to the two ends. */
final class BlindGateway implements AutoCloseable {
    private final RawApp listener;

    private BlindGateway(RawApp listener) {
        this.listener = listener;
    }

    static BlindGateway to(TestSidecar sidecar) throws IOException {
        return new BlindGateway(RawApp.start((in, out, socket) -> {
            try (var next = new Socket(
                    InetAddress.getLoopbackAddress(), sidecar.address().port())) {
                Thread back = Thread.ofVirtual().start(() -> copy(next, socket));
                copy(socket, next);
                back.join();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    HostPort address() {
        return new HostPort("127.0.0.1", listener.port());
    }

    int connections() {
        return listener.connections.get();
    }

    private static void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
            to.shutdownOutput();
        } catch (IOException broken) {
            try {
                to.close();
            } catch (IOException closed) {
                // is what was wanted
            }
        }
    }

    /** As by kill -9. */
    @Override
    public void close() {
        listener.close();
    }
}
