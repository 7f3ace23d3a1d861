package io.tombolo.terraform.wire;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.tombolo.trustbundle.pem.Pem;
import io.tombolo.trustbundle.x509.LoopbackCertificate;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;

/** Has the right certificate, and answers what it is told to. */
final class StrangeApi implements AutoCloseable {
    private final LoopbackCertificate own = LoopbackCertificate.generate(Instant.now());
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpsServer server;
    private volatile Function<String, Said> answers = path -> Said.of(200, "{}");

    /**
     * One answer.
     * @param dripMillis between any two bytes
     */
    record Said(int status, byte[] body, long dripMillis) {
        static Said of(int status, String body) {
            return new Said(status, body.getBytes(java.nio.charset.StandardCharsets.UTF_8), 0);
        }
    }

    StrangeApi() throws Exception {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        SSLContext tls = SSLContext.getInstance("TLSv1.3");
        tls.init(new KeyManager[] {PluginTls.keys(() -> own)}, null, null);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** By method and path, such as {@code GET /api/v1/clusters}. */
    void says(Function<String, Said> answers) {
        this.answers = answers;
    }

    String endpoint() {
        return "https://localhost:" + server.getAddress().getPort();
    }

    String authority() {
        return Pem.write(own.certificate());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            Said said = answers.apply(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
            exchange.getResponseHeaders().set("Location", endpoint() + "/elsewhere");
            exchange.sendResponseHeaders(
                    said.status(), said.dripMillis() > 0 ? 0 : said.body().length == 0 ? -1 : said.body().length);
            try (OutputStream out = exchange.getResponseBody()) {
                write(said, out);
            }
        }
    }

    private static void write(Said said, OutputStream out) throws IOException {
        if (said.dripMillis() == 0) {
            out.write(said.body());
            return;
        }
        for (byte one : said.body()) {
            out.write(one);
            out.flush();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(said.dripMillis()));
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
