package io.tombolo.controller.inject;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.tombolo.injection.Services;
import io.tombolo.injection.SidecarTemplate;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.trustbundle.tls.CertifiedKey;
import io.tombolo.trustbundle.tls.CurrentKeyManager;
import io.tombolo.trustbundle.tls.JdkTls;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;

/** The listener :15017, for the API server. It says nothing that is a secret: whoever may make a pod sees the same. */
public final class InjectionServer implements AutoCloseable {
    /** As much as an API server stores of an object (etcd's limit), twice: old and new. */
    private static final int MOST_BYTES = 3 * 1_024 * 1_024;

    /** Of all callers. */
    private static final int MOST_CONNECTIONS = 1_024;

    private static final String PATH = "/inject";
    private static final int BACKLOG = 128;
    private static final ObjectMapper JSON = new ObjectMapper();

    static {
        // Seconds that a request may take to arrive, and its answer to be taken: nobody holds a place by saying
        // nothing.
        System.setProperty("sun.net.httpserver.maxReqTime", "10");
        System.setProperty("sun.net.httpserver.maxRspTime", "10");
        System.setProperty("jdk.httpserver.maxConnections", Integer.toString(MOST_CONNECTIONS));
    }

    private final HttpsServer server;
    private final PodReview review;
    private final int mostOfOne;
    private final Map<InetAddress, Integer> under = new ConcurrentHashMap<>();

    /**
     * Listens at once.
     * @param mostOfOne reviews of one address at a time; more are asked to come again. Who is slow takes places of its own
     * @param own      what it shows, at each handshake
     * @param services of a namespace; empty = not known now
     * @throws TomboloException PORT_IN_USE
     */
    public InjectionServer(
            InetSocketAddress address,
            int mostOfOne,
            Supplier<CertifiedKey> own,
            Function<String, Optional<Services>> services,
            SidecarTemplate sidecar) {
        this.mostOfOne = mostOfOne;
        this.review = new PodReview(services, sidecar);
        try {
            this.server = HttpsServer.create(address, BACKLOG);
        } catch (IOException taken) {
            throw new TomboloException(
                    Fault.PORT_IN_USE,
                    "controller.injection.port = " + address.getPort(),
                    String.valueOf(taken.getMessage()),
                    "choose another port, or set controller.auto-ports=true",
                    taken);
        }
        server.setHttpsConfigurator(new Tls(JdkTls.serverForStrangers(new CurrentKeyManager(own))));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(PATH, this::handle);
        server.start();
    }

    private static final class Tls extends HttpsConfigurator {
        private final JdkTls tls;

        Tls(JdkTls tls) {
            super(tls.context());
            this.tls = tls;
        }

        @Override
        public void configure(HttpsParameters parameters) {
            parameters.setSSLParameters(tls.parameters());
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            InetAddress who = exchange.getRemoteAddress().getAddress();
            try {
                if (under.merge(who, 1, Integer::sum) > mostOfOne) {
                    ReviewCount.BUSY.add();
                    exchange.sendResponseHeaders(HttpURLConnection.HTTP_UNAVAILABLE, -1);
                } else {
                    answer(exchange);
                }
            } finally {
                under.compute(who, (_, count) -> count == null || count <= 1 ? null : count - 1);
            }
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            exchange.sendResponseHeaders(HttpURLConnection.HTTP_BAD_METHOD, -1);
            return;
        }
        byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
        Optional<ObjectNode> answer =
                body.length > MOST_BYTES ? Optional.empty() : read(body).flatMap(review::answer);
        if (answer.isEmpty()) {
            ReviewCount.MALFORMED.add();
            exchange.sendResponseHeaders(HttpURLConnection.HTTP_BAD_REQUEST, -1);
            return;
        }
        byte[] said = JSON.writeValueAsBytes(answer.get());
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(HttpURLConnection.HTTP_OK, said.length);
        exchange.getResponseBody().write(said);
    }

    private static Optional<JsonNode> read(byte[] body) throws IOException {
        try {
            return Optional.ofNullable(JSON.readTree(body));
        } catch (JsonProcessingException malformed) {
            return Optional.empty();
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
