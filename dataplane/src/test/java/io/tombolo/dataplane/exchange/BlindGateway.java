package io.tombolo.dataplane.exchange;

import io.tombolo.model.catalog.HostPort;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes every connection on to one sidecar: what a gateway is to the two ends. */
final class BlindGateway implements AutoCloseable {
    private final RawApp listener;
    private final AtomicBoolean silent = new AtomicBoolean();

    /** Ends every new connection without a word, as a process does that dies between accepting and relaying. */
    volatile boolean cuts;

    /** So many new connections are taken and never answered. */
    final AtomicInteger deaf = new AtomicInteger();

    /** New connections are taken, and go nowhere before this is done. */
    volatile CompletableFuture<Void> open = CompletableFuture.completedFuture(null);

    /** What comes back waits until this is done. */
    volatile CompletableFuture<Void> back = CompletableFuture.completedFuture(null);

    private BlindGateway(TestSidecar sidecar) throws IOException {
        this.listener = RawApp.start((in, out, socket) -> {
            open.join();
            if (deaf.getAndDecrement() > 0) {
                in.transferTo(OutputStream.nullOutputStream());
            } else if (!cuts) {
                relay(sidecar, socket);
            }
        });
    }

    static BlindGateway to(TestSidecar sidecar) throws IOException {
        return new BlindGateway(sidecar);
    }

    /** From now on nothing comes back through it, on old connections and new ones. */
    void fallSilent() {
        silent.set(true);
    }

    private void relay(TestSidecar sidecar, Socket socket) throws IOException {
        try (var next =
                new Socket(InetAddress.getLoopbackAddress(), sidecar.address().port())) {
            Thread answers = RawApp.run(() -> copy(next, socket, true));
            copy(socket, next, false);
            answers.join();
            if (silent.get()) { // not even the end comes back
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    HostPort address() {
        return new HostPort("127.0.0.1", listener.port());
    }

    int connections() {
        return listener.connections.get();
    }

    /** Waits until nobody is connected. */
    void awaitQuiet() {
        listener.awaitQuiet();
    }

    private void copy(Socket from, Socket to, boolean isBack) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] some = new byte[8_192];
            for (int read = in.read(some); read >= 0; read = in.read(some)) {
                if (isBack) {
                    back.join();
                }
                if (!isBack || !silent.get()) {
                    out.write(some, 0, read);
                }
            }
            if (!isBack || !silent.get()) {
                to.shutdownOutput();
            }
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
