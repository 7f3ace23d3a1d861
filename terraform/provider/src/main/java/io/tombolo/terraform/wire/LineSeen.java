package io.tombolo.terraform.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Passes everything on, and tells the first line of it. */
final class LineSeen extends OutputStream {
    private final OutputStream to;
    private final StringBuilder line = new StringBuilder();
    private final CompletableFuture<String> first = new CompletableFuture<>();

    LineSeen(OutputStream to) {
        this.to = to;
    }

    @Override
    public synchronized void write(int b) throws IOException {
        to.write(b);
        if (b == '\n') {
            first.complete(line.toString());
        } else {
            line.append(new String(new byte[] {(byte) b}, StandardCharsets.ISO_8859_1));
        }
    }

    String await(long seconds) throws InterruptedException, ExecutionException, TimeoutException {
        return first.get(seconds, TimeUnit.SECONDS);
    }
}
