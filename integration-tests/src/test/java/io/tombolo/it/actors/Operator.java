package io.tombolo.it.actors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.api.PinnedTls;
import io.tombolo.cli.context.Context;
import io.tombolo.cli.context.Contexts;
import io.tombolo.trustbundle.key.Ed25519Key;
import io.tombolo.trustbundle.key.SecretFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;

/** Who runs one cluster: does through the API what the commands do. */
public final class Operator {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path contexts;
    private final ApiClient api;

    Operator(Path contexts, String cluster) {
        this.contexts = contexts;
        this.api = new ApiClient(Contexts.in(contexts).require(cluster));
    }

    /** The file in which its cluster is. */
    public Path contexts() {
        return contexts;
    }

    public ApiClient api() {
        return api;
    }

    /** Waits until this cluster refuses from so much to so much of its calls of that service. */
    public void awaitsShed(String service, double from, double to) {
        Awaitility.await("what is refused of " + service + " is from " + from + " to " + to)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> api.get("/failover?service=" + service)
                                .at("/0/shed")
                                .asDouble(),
                        shed -> shed >= from && shed <= to);
    }

    /** What Prometheus reads. */
    public String metrics() {
        Context context = api.context();
        HttpRequest request = HttpRequest.newBuilder(URI.create(context.api() + "/metrics"))
                .header("Authorization", "Bearer " + new String(SecretFile.read(context.tokenFile())).strip())
                .build();
        try (HttpClient http = HttpClient.newBuilder()
                .sslContext(PinnedTls.of(context.caPin()))
                .build()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Founds a federation. @return the finished job */
    public JsonNode founds(String federation, Path backboneFile) {
        String recovery = Base64.getEncoder()
                .encodeToString(Ed25519Key.generate().publicKey().raw());
        return finished(api.post(
                "/federation",
                ApiClient.body()
                        .put("name", federation)
                        .put("backboneFile", backboneFile.toString())
                        .put("recoveryPublicKey", recovery)));
    }

    /** A token for a cluster to join. */
    public String invites(String cluster) {
        return invites(cluster, Duration.ofMinutes(15)).path("token").asText();
    }

    /** A token's whole answer. */
    public JsonNode invites(String cluster, Duration life) {
        return api.post("/tokens", ApiClient.body().put("cluster", cluster).put("ttlSeconds", life.toSeconds()));
    }

    /** Joins with a token. @return the job as it ended, also when it failed */
    public JsonNode joins(String token) {
        return ended(api.post(
                "/federation/join", ApiClient.body().put("token", token).put("dryRun", false)));
    }

    /** Joins with a token on a thread of its own. */
    public CompletableFuture<JsonNode> beginsToJoin(String token) {
        return CompletableFuture.supplyAsync(
                () -> joins(token), Thread.ofVirtual().name("join")::start);
    }

    /** What {@code token list} says of one. */
    public String tokenState(String id) {
        for (JsonNode token : api.get("/tokens")) {
            if (token.path("id").asText().equals(id)) {
                return token.path("state").asText();
            }
        }
        return "unknown";
    }

    /** Waits until {@code token list} says so. */
    public void awaitsToken(String id, String state) {
        Awaitility.await("token " + id + " " + state)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> tokenState(id).equals(state));
    }

    /** Checks whether a token would do. */
    public JsonNode triesToJoin(String token) {
        return ended(api.post(
                "/federation/join", ApiClient.body().put("token", token).put("dryRun", true)));
    }

    /** Leaves the federation. */
    public JsonNode leaves() {
        return finished(api.post("/federation/leave", ApiClient.body()));
    }

    /** Puts a cluster out. */
    public JsonNode evicts(String cluster) {
        return api.post(
                "/clusters/" + cluster + "/evict",
                ApiClient.body().put("reason", "test").put("backboneMoved", false));
    }

    /** Has its cluster sign records by a new key. @return the job as it ended */
    public JsonNode rotatesKeys() {
        return ended(api.post("/keys/rotate", ApiClient.body()));
    }

    /** Lets a cluster go that cannot leave by itself. */
    public JsonNode letsGo(String cluster) {
        return api.post("/clusters/" + cluster + "/leave", ApiClient.body());
    }

    /** Exports a service with its live ports to everybody. */
    public JsonNode exports(String namespace, String name) {
        return exports(namespace, name, ApiClient.body());
    }

    /** Exports a service. */
    public JsonNode exports(String namespace, String name, ObjectNode spec) {
        ObjectNode resource =
                ApiClient.body().put("apiVersion", "tombolo.io/v1").put("kind", "ServiceExport");
        resource.putObject("metadata").put("name", name).put("namespace", namespace);
        resource.set("spec", spec);
        return api.post("/resources", resource);
    }

    /** Exports HTTP at port 80 of a service, whether or not there is an instance. */
    public JsonNode exportsHttp(String namespace, String name) {
        ObjectNode spec = ApiClient.body();
        spec.putArray("ports").addObject().put("port", 80).put("appProtocol", "http");
        return exports(namespace, name, spec);
    }

    /** What is kept of an export. */
    public String keeps(String namespace, String name) {
        return api.get("/resources/ServiceExport/" + namespace + "/" + name).toString();
    }

    /** Withdraws an export. */
    public JsonNode unexports(String namespace, String name) {
        return api.delete("/resources/ServiceExport/" + namespace + "/" + name);
    }

    /** What the controller says of one cluster; a missing node if it knows none of that name. */
    public JsonNode sees(String cluster) {
        for (JsonNode row : api.get("/clusters")) {
            if (row.path("cluster").asText().equals(cluster)) {
                return row;
            }
        }
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }

    /** Waits until a path to {@code cluster} is proven. */
    public void awaitsPathTo(String cluster) {
        Awaitility.await("path to " + cluster).atMost(PATIENCE).untilAsserted(() -> {
            JsonNode row = sees(cluster);
            org.assertj.core.api.Assertions.assertThat(row.path("trust").asText())
                    .as(row.toString())
                    .isEqualTo("READY");
            org.assertj.core.api.Assertions.assertThat(row.findValuesAsText("state"))
                    .as(row.toString())
                    .contains("UP");
        });
    }

    /** Waits until no path to {@code cluster} answers. */
    public void awaitsNoPathTo(String cluster) {
        Awaitility.await("no path to " + cluster)
                .atMost(PATIENCE)
                .until(() -> !sees(cluster).findValuesAsText("state").contains("UP"));
    }

    /** Waits until {@code number} gateways of {@code cluster} do not go away, and answer this cluster's probes. */
    public void awaitsGateways(String cluster, int number) {
        Awaitility.await(number + " gateways of " + cluster)
                .atMost(PATIENCE)
                .until(() -> gatewaysUp(cluster) == number);
    }

    private int gatewaysUp(String cluster) {
        int up = 0;
        for (JsonNode gateway : sees(cluster).path("gateways")) {
            boolean answers = gateway.path("paths").findValuesAsText("state").contains("UP");
            up += answers && !gateway.path("draining").asBoolean() ? 1 : 0;
        }
        return up;
    }

    /** Waits until the controller knows of {@code ready} ready instances of a service in {@code cluster}. */
    public void awaitsReady(String namespace, String name, String cluster, int ready) {
        Awaitility.await(ready + " ready " + name + " in " + cluster)
                .atMost(PATIENCE)
                .untilAsserted(() -> {
                    JsonNode services = api.get("/services");
                    org.assertj.core.api.Assertions.assertThat(readyIn(services, namespace, name, cluster))
                            .as(services.toString())
                            .isEqualTo(ready);
                });
    }

    /** Ready instances of a service in {@code cluster} as the controller knows; -1 = unknown. */
    public int readyIn(String namespace, String name, String cluster) {
        return readyIn(api.get("/services"), namespace, name, cluster);
    }

    private static int readyIn(JsonNode services, String namespace, String name, String cluster) {
        for (JsonNode service : services) {
            boolean meant = service.path("namespace").asText().equals(namespace)
                    && service.path("name").asText().equals(name);
            for (JsonNode row : service.path("clusters")) {
                if (meant && row.path("cluster").asText().equals(cluster)) {
                    return row.path("ready").asInt(-1);
                }
            }
        }
        return -1;
    }

    private JsonNode finished(JsonNode started) {
        JsonNode job = ended(started);
        if (job.path("state").asText().equals("FAILED")) {
            throw new AssertionError(job.toPrettyString());
        }
        return job;
    }

    private JsonNode ended(JsonNode started) {
        String id = started.path("id").asText();
        return Awaitility.await("job " + id)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> api.get("/jobs/" + id),
                        job -> !job.path("state").asText().equals("RUNNING"));
    }
}
