package io.tombolo.dataplane.exchange;

import io.tombolo.dataplane.fixture.PlainHttp;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An application that says what a row tells it, remembers what it was asked, and sends back what comes behind a switch. */
final class SameApp implements AutoCloseable {
    private static final SameRow.Answer USUAL =
            new SameRow.Answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", false);
    private static final long SHADOW_SECONDS = 5;

    private final RawApp app;
    private final BlockingQueue<PlainHttp.Message> got = new LinkedBlockingQueue<>();
    private List<SameRow.Answer> answers = List.of(USUAL);
    private int answered;

    SameApp() throws IOException {
        this.app = RawApp.start((in, out, socket) -> serve(in, out));
    }

    int port() {
        return app.port();
    }

    /** For the next row. */
    synchronized void says(List<SameRow.Answer> next) {
        answers = next.isEmpty() ? List.of(USUAL) : next;
        answered = 0;
        got.clear();
    }

    private synchronized SameRow.Answer next() {
        return answers.get(Math.min(answered++, answers.size() - 1));
    }

    /** What it was asked so far. */
    List<PlainHttp.Message> got() {
        return new ArrayList<>(got);
    }

    /** Waits for one that nobody waits for. */
    void awaitOne() throws InterruptedException {
        PlainHttp.Message first = got.poll(SHADOW_SECONDS, TimeUnit.SECONDS);
        if (first != null) {
            got.add(first);
        }
    }

    private void serve(InputStream in, OutputStream out) throws IOException {
        String text = "";
        boolean continued = false;
        byte[] some = new byte[65_536];
        for (int read = in.read(some); read >= 0; read = in.read(some)) {
            text += new String(some, 0, read, StandardCharsets.ISO_8859_1);
            PlainHttp.Reading reading = PlainHttp.requests(text);
            for (PlainHttp.Message message : reading.whole()) {
                got.add(message);
                SameRow.Answer answer = next();
                out.write(answer.bytes().getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
                if (answer.bytes().startsWith("HTTP/1.1 101 ")) {
                    in.transferTo(out);
                    return;
                }
                if (answer.closes()) {
                    return;
                }
                continued = false;
            }
            text = reading.rest();
            if (!continued
                    && text.contains("\r\n\r\n")
                    && text.toLowerCase(java.util.Locale.ROOT).contains("100-continue")) {
                continued = true;
                out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                out.flush();
            }
        }
    }

    @Override
    public void close() {
        app.close();
    }
}
