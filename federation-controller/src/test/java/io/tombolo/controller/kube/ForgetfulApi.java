package io.tombolo.controller.kube;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** An API server that lists Services, and has forgotten what changed before the first watch: it answers 410, as after a restart. */
final class ForgetfulApi implements AutoCloseable {
    private static final String EXPIRED = """
            {"type": "ERROR", "object": {"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "Expired",
             "message": "too old resource version", "code": 410}}
            """.replace("\n", "") + "\n";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger watches = new AtomicInteger();
    private final List<String> later;
    private volatile List<String> services;

    /** @param first what is there when it is listed; @param later what is there when it is watched */
    ForgetfulApi(List<String> first, List<String> later) throws IOException {
        this.services = first;
        this.later = later;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/api/v1/services", this::answer);
        server.start();
    }

    int watches() {
        return watches.get();
    }

    KubernetesClient client() {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.empty())
                        .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                        .withWatchReconnectInterval(10)
                        .build())
                .build();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            if (query.contains("watch=true")) {
                watch(exchange);
            } else {
                byte[] list = list().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(HttpURLConnection.HTTP_OK, list.length);
                exchange.getResponseBody().write(list);
            }
        }
    }

    private void watch(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(HttpURLConnection.HTTP_OK, 0);
        if ("websocket".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Upgrade"))) {
            return; // no web sockets here: the client asks again without
        }
        if (watches.incrementAndGet() == 1) {
            services = later;
            exchange.getResponseBody().write(EXPIRED.getBytes(StandardCharsets.UTF_8));
            return;
        }
        exchange.getResponseBody().flush();
        try {
            closed.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private String list() {
        return services.stream()
                .map(name -> "{\"metadata\": {\"namespace\": \"shop\", \"name\": \"" + name + "\", \"uid\": \"" + name
                        + "\", \"resourceVersion\": \"1\"}}")
                .collect(Collectors.joining(
                        ", ",
                        "{\"kind\": \"ServiceList\", \"apiVersion\": \"v1\", \"metadata\": {\"resourceVersion\": \"1\"}, \"items\": [",
                        "]}"));
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.close();
    }
}
