package io.tombolo.dataplane.exchange;

import io.tombolo.dataplane.fixture.PlainHttp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The client of one exchange. */
final class SameClient {
    private SameClient() {}

    /** Sends what the row says to a port, and tells what came back. */
    static void run(SameRow row, int port, Observed to) throws IOException {
        if (row.isCall()) {
            SameCall.run(row.sends().getFirst().substring("call ".length()), port, to);
        } else if (row.isHttp2()) {
            http2(row, port, to);
        } else {
            http1(row, port, to);
        }
    }

    private static void http1(SameRow row, int port, Observed to) throws IOException {
        try (var client = new RawClient(port)) {
            client.socket.setSoTimeout(5_000);
            var answers = new Answers(client, methods(row), to);
            client.send(row.sends().getFirst());
            PlainHttp.Message last = answers.next();
            for (String part : row.sends().subList(1, row.sends().size())) {
                client.send(part);
                if (last.status() == 101) {
                    to.add("tunnel", new String(client.in.readNBytes(part.length()), StandardCharsets.ISO_8859_1));
                    return;
                }
                last = answers.next();
            }
            while (last.status() < 200) {
                last = answers.next();
            }
            to.message("got", "" + last.status(), last);
            to.add("got.version", last.line().substring(0, "HTTP/1.1".length()));
            to.add("got.end", answers.end(last));
        }
    }

    private static List<String> methods(SameRow row) {
        String first = row.sends().getFirst();
        return List.of(first.substring(0, first.indexOf(' ')));
    }

    /** Answers as they come, interim ones among them. */
    private static final class Answers {
        private final RawClient client;
        private final List<String> methods;
        private final Observed to;
        private String text = "";
        private final List<PlainHttp.Message> read = new ArrayList<>();
        private int told;
        private boolean ended;

        Answers(RawClient client, List<String> methods, Observed to) {
            this.client = client;
            this.methods = methods;
            this.to = to;
        }

        PlainHttp.Message next() throws IOException {
            byte[] some = new byte[65_536];
            while (read.size() <= told) {
                PlainHttp.Reading reading = PlainHttp.answers(text, methods, ended);
                Optional<String> wrong = reading.wrong();
                if (wrong.isPresent()) {
                    throw new IOException(wrong.get() + " in " + Observed.shown(text));
                }
                read.clear();
                read.addAll(reading.whole());
                if (read.size() > told) {
                    break;
                }
                int more = client.in.read(some);
                if (more < 0 && ended) {
                    throw new IOException("the connection ended after " + Observed.shown(text));
                }
                ended |= more < 0;
                text += new String(some, 0, Math.max(0, more), StandardCharsets.ISO_8859_1);
            }
            PlainHttp.Message next = read.get(told++);
            if (next.status() < 200) {
                to.add("interim", "" + next.status());
            }
            return next;
        }

        /** A connection that is said to end does. */
        String end(PlainHttp.Message last) throws IOException {
            boolean said =
                    last.field("connection").filter("close"::equalsIgnoreCase).isPresent();
            if (!ended && said) {
                return client.rest().isEmpty() ? "closed" : "more behind it";
            }
            return ended ? "closed" : "open";
        }
    }

    private static void http2(SameRow row, int port, Observed to) throws IOException {
        try (var client = new RawHttp2(port)) {
            for (String part : row.sends()) {
                boolean last = part == row.sends().getLast();
                if (part.startsWith(":")) {
                    client.headers(1, last, fields(part));
                } else if (part.startsWith("trailers ")) {
                    client.headers(1, true, fields(part.substring("trailers ".length())));
                } else {
                    client.data(1, last, part.substring("data ".length()));
                }
            }
            client.observe(1, to);
        }
    }

    private static String[] fields(String text) {
        var result = new ArrayList<String>();
        for (String field : text.split("\\|", -1)) {
            int equals = field.indexOf('=', 1);
            result.add(field.substring(0, equals));
            result.add(field.substring(equals + 1));
        }
        return result.toArray(String[]::new);
    }
}
