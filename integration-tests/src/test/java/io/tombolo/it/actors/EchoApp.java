package io.tombolo.it.actors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A plain HTTP server that says who it is and what it was asked; knows nothing of meshes. */
public final class EchoApp implements AutoCloseable {
    private final HttpServer server;
    private final String says;
    private final AtomicInteger requests = new AtomicInteger();
    private volatile int status = 200;
    private volatile int failingOfTen;
    private volatile Duration takes = Duration.ZERO;

    private EchoApp(HttpServer server, String says) {
        this.server = server;
        this.says = says;
    }

    /** As a process of its own: the port, and what every answer begins with. */
    public static void main(String[] arguments) {
        start(arguments[1], Integer.parseInt(arguments[0]));
    }

    /** @param says what every answer begins with */
    public static EchoApp start(String says) {
        return start(says, 0);
    }

    private static EchoApp start(String says, int port) {
        // The JDK's server closes what is idle beyond 200 connections, also those on which a request is just coming in.
        System.setProperty("sun.net.httpserver.maxIdleConnections", "4096");
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 256);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            var app = new EchoApp(server, says);
            server.createContext("/", app::answer);
            server.createContext("/stream", app::stream);
            server.start();
            return app;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        int number = requests.incrementAndGet();
        LockSupport.parkNanos(takes.toNanos());
        byte[] body = exchange.getRequestBody().readAllBytes();
        String caller = exchange.getRequestHeaders().getFirst("tombolo-caller");
        byte[] answer = (says + " " + exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body.length
                        + " " + caller + "\n" + heads(exchange))
                .getBytes(StandardCharsets.UTF_8);
        boolean fails = number * 7 % 10 < failingOfTen; // spread evenly
        exchange.sendResponseHeaders(fails ? 500 : status, answer.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(answer);
        }
    }

    /** Who sends {@code X-Say-Heads} is told what came, several headers of one name joined by a comma. */
    private static String heads(HttpExchange exchange) {
        var heads = new StringBuilder();
        if (exchange.getRequestHeaders().containsKey("X-Say-Heads")) {
            exchange.getRequestHeaders()
                    .forEach((name, values) -> heads.append(name.toLowerCase(Locale.ROOT))
                            .append(": ")
                            .append(String.join(",", values))
                            .append('\n'));
        }
        return heads.toString();
    }

    /** A line each 50 ms until nobody reads any more. */
    private void stream(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        exchange.sendResponseHeaders(200, 0);
        Ticks.write(exchange.getResponseBody());
    }

    /** What it answers from now on. */
    public void answersWith(int newStatus) {
        status = newStatus;
    }

    /** So many of ten requests are answered with 500 from now on. */
    public void fails(int ofTen) {
        failingOfTen = ofTen;
    }

    /** How long it works on each request from now on. */
    public void takes(Duration time) {
        takes = time;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public int requests() {
        return requests.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
