package io.tombolo.it.actors;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An answer without end: a line each 50 ms. */
final class Ticks {
    private static final long EACH_MILLIS = 50;

    private Ticks() {}

    /** Writes until the reader is gone. */
    static void write(OutputStream out) throws IOException {
        var never = new CountDownLatch(1);
        byte[] line = "tick\n".getBytes(StandardCharsets.US_ASCII);
        try {
            do {
                out.write(line);
                out.flush();
            } while (!never.await(EACH_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
