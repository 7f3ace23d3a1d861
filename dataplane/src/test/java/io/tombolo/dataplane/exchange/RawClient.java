package io.tombolo.dataplane.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.dataplane.fixture.PlainHttp;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A client that sends bytes as they are. */
final class RawClient implements AutoCloseable {
    final Socket socket;
    final InputStream in;
    final OutputStream out;

    RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    /** Sends one request and reads until the connection's end. */
    static String once(int port, String request) throws IOException {
        try (var client = new RawClient(port)) {
            client.send(request);
            return client.rest();
        }
    }

    void send(String bytes) throws IOException {
        out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    String rest() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** Reads one answer with Content-Length, or without a body when it says none. */
    String answer() throws IOException {
        String head = RawApp.head(in);
        int length = head.lines()
                .filter(l -> l.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:"))
                .mapToInt(l -> Integer.parseInt(l.substring(15).strip()))
                .findFirst()
                .orElse(0);
        return head + new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    /** Reads until so many final answers are there, and not one byte more than they have. */
    List<PlainHttp.Message> answers(int count, List<String> methods) throws IOException {
        String text = "";
        byte[] some = new byte[16_384];
        while (true) {
            PlainHttp.Reading reading = PlainHttp.answers(text, methods, false);
            List<PlainHttp.Message> finals =
                    reading.whole().stream().filter(m -> m.status() >= 200).toList();
            if (finals.size() >= count || reading.wrong().isPresent()) {
                assertThat(reading.rest()).as("behind the answers").isEmpty();
                return finals;
            }
            int read = in.read(some);
            if (read < 0) {
                throw new IOException("the connection ended after '" + text + "'");
            }
            text += new String(some, 0, read, StandardCharsets.ISO_8859_1);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
