package io.tombolo.it.actors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;

/** A connection over which bytes come for as long as it lives; knows when the last one came. */
public final class OpenStream implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Socket socket;
    private final AtomicLong bytes = new AtomicLong();
    private volatile long endedNanos;
    private final Thread reader;

    OpenStream(Socket socket) {
        this.socket = socket;
        this.reader = Thread.ofVirtual().name("open-stream").start(this::read);
    }

    /** Connects, and sends {@code request} if it is not empty. */
    static OpenStream to(int port, String request) {
        try {
            var socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            return new OpenStream(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        byte[] buffer = new byte[1_024];
        try (socket) {
            for (int read = socket.getInputStream().read(buffer);
                    read >= 0;
                    read = socket.getInputStream().read(buffer)) {
                bytes.addAndGet(read);
            }
        } catch (IOException reset) {
            // An end as good as any other.
        } finally {
            endedNanos = System.nanoTime();
        }
    }

    public boolean isOpen() {
        return reader.isAlive();
    }

    public long bytes() {
        return bytes.get();
    }

    /** Waits until {@code more} bytes have come, while it is open. */
    public OpenStream awaitsMore(int more) {
        long from = bytes();
        Awaitility.await(more + " more bytes")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> bytes() >= from + more || !isOpen());
        if (bytes() < from + more) {
            throw new AssertionError("ended after " + bytes() + " bytes");
        }
        return this;
    }

    /** Waits for its end. @return how long after {@code sinceNanos} it came */
    public Duration awaitsEnd(long sinceNanos) {
        Awaitility.await("end of the stream")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> !isOpen());
        return Duration.ofNanos(endedNanos - sinceNanos);
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
