package io.tombolo.cli.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tombolo.cli.context.Context;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.trustbundle.key.SecretFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One controller's API. Every call blocks for at most the timeout. */
public final class ApiClient {
    /** Longest wait for one answer. */
    public static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** Long enough for the first TLS handshake of a controller that starts on a busy machine. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Context context;
    private final HttpClient http;
    private final String bearer;

    public ApiClient(Context context) {
        this(context, new String(SecretFile.read(context.tokenFile()), StandardCharsets.US_ASCII).strip());
    }

    /** With a token that is in no file here. */
    public ApiClient(Context context, String bearer) {
        this.context = context;
        this.bearer = bearer;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .sslContext(PinnedTls.of(context.caPin()))
                .build();
    }

    public Context context() {
        return context;
    }

    /** A new object for a request's body. */
    public static ObjectNode body() {
        return JSON.createObjectNode();
    }

    public JsonNode get(String path) {
        return send(request(path).GET());
    }

    public JsonNode post(String path, JsonNode body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    /** Posts YAML documents as the user wrote them. */
    public JsonNode postYaml(String path, String yaml) {
        return send(request(path)
                .header("Content-Type", "application/yaml")
                .POST(HttpRequest.BodyPublishers.ofString(yaml)));
    }

    public JsonNode delete(String path) {
        return send(request(path).DELETE());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(context.api() + "/api/v1" + path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + bearer);
    }

    private JsonNode send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            JsonNode answer = parse(response.body());
            if (response.statusCode() >= 400) {
                throw ApiFault.of(context, response.statusCode(), answer);
            }
            return answer;
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(e);
        }
    }

    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException notJson) {
            return JSON.createObjectNode();
        }
    }

    private TomboloException unreachable(Exception cause) {
        String detail = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new TomboloException(
                Fault.CONTROLLER_UNREACHABLE,
                "controller of " + context.cluster() + " at " + context.api(),
                detail,
                "is `tombolo controller run` still running there? `tombolo context list` shows the others",
                cause);
    }
}
