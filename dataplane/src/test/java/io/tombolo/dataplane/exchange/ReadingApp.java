package io.tombolo.dataplane.exchange;

import io.tombolo.dataplane.fixture.PlainHttp;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * An application that reads with {@link PlainHttp}, keeps what it understood and what it did not, and answers each request
 * with {@code METHOD target bytes-of-body}.
 */
final class ReadingApp implements AutoCloseable {
    final List<PlainHttp.Message> got = Collections.synchronizedList(new ArrayList<>());

    /** What began and did not end: its first line. */
    final List<String> cut = Collections.synchronizedList(new ArrayList<>());

    final List<String> wrong = Collections.synchronizedList(new ArrayList<>());
    private final RawApp app;

    private ReadingApp() throws IOException {
        this.app = RawApp.start((in, out, socket) -> serve(in, out));
    }

    static ReadingApp start() throws IOException {
        return new ReadingApp();
    }

    /** How a message is told of: its request line's first two words, and how long its body is. */
    static String summary(PlainHttp.Message message) {
        return message.method() + " " + message.target() + " " + message.body().length();
    }

    int port() {
        return app.port();
    }

    private void serve(InputStream in, OutputStream out) throws IOException {
        String text = "";
        byte[] some = new byte[65_536];
        for (int read = in.read(some); read >= 0; read = in.read(some)) {
            text += new String(some, 0, read, StandardCharsets.ISO_8859_1);
            PlainHttp.Reading reading = PlainHttp.requests(text);
            for (PlainHttp.Message message : reading.whole()) {
                got.add(message);
                out.write(answer(message).getBytes(StandardCharsets.ISO_8859_1));
            }
            out.flush();
            text = reading.rest();
            if (reading.wrong().isPresent()) {
                wrong.add(reading.wrong().get() + ": " + text);
                return;
            }
        }
        if (!text.isEmpty()) {
            cut.add(text.lines().findFirst().orElse(""));
        }
    }

    private static String answer(PlainHttp.Message message) {
        String ok = RawApp.ok(summary(message));
        return message.method().equals("HEAD") ? ok.substring(0, ok.indexOf("\r\n\r\n") + 4) : ok;
    }

    @Override
    public void close() {
        app.close();
    }
}
