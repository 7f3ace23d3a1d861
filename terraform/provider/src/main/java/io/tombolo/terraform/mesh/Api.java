package io.tombolo.terraform.mesh;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * One controller's API. Every call blocks for at most the timeout; safe on all threads. By the JDK's oldest HTTP client, which
 * starts in a tenth of the time of the other and leaves no threads for whose end the process would wait.
 */
final class Api {
    /** Answers are lists of what one federation has. */
    private static final int LONGEST_ANSWER = 64 << 20;

    private static final int FIRST_ERROR = 400;

    private static final ObjectMapper JSON =
            new ObjectMapper(new JsonFactory()).enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final Connection connection;

    Api(Connection connection) {
        this.connection = connection;
    }

    JsonNode get(String path) {
        return call("GET", path, Optional.empty());
    }

    JsonNode post(String path, JsonNode body) {
        return call("POST", path, Optional.of(body));
    }

    JsonNode delete(String path) {
        return call("DELETE", path, Optional.empty());
    }

    /** For a part of a path, or a value of a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private JsonNode call(String method, String path, Optional<JsonNode> body) {
        try {
            HttpURLConnection request = open(method, path);
            if (body.isPresent()) {
                request.setDoOutput(true);
                request.setRequestProperty("Content-Type", "application/json");
                try (OutputStream out = request.getOutputStream()) {
                    out.write(JSON.writeValueAsBytes(body.get()));
                }
            }
            int status = request.getResponseCode();
            JsonNode answer = read(status < FIRST_ERROR ? request.getInputStream() : request.getErrorStream());
            if (status >= FIRST_ERROR) {
                throw ApiProblem.of(status, answer);
            }
            return answer;
        } catch (SSLHandshakeException e) {
            throw e.getCause() instanceof CertificateException
                    ? ApiProblem.untrusted(connection)
                    : ApiProblem.unreachable(connection, "TLS: " + e.getMessage());
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw ApiProblem.unreachable(connection, why);
        }
    }

    private HttpURLConnection open(String method, String path) throws IOException {
        var request = (HttpURLConnection)
                connection.endpoint().resolve("/api/v1" + path).toURL().openConnection();
        if (request instanceof HttpsURLConnection secure) {
            secure.setSSLSocketFactory(connection.tls());
        }
        int timeout = (int) connection.timeout().toMillis();
        request.setConnectTimeout(timeout);
        request.setReadTimeout(timeout);
        request.setInstanceFollowRedirects(false);
        request.setUseCaches(false);
        request.setRequestMethod(method);
        request.setRequestProperty("Accept", "application/json");
        connection.bearer().ifPresent(token -> request.setRequestProperty("Authorization", "Bearer " + token));
        return request;
    }

    private static JsonNode read(@Nullable InputStream body) throws IOException {
        if (body == null) {
            return JsonNodeFactory.instance.objectNode();
        }
        try (body) {
            byte[] bytes = body.readNBytes(LONGEST_ANSWER);
            JsonNode answer = JSON.readTree(bytes);
            return answer == null ? JsonNodeFactory.instance.objectNode() : answer;
        } catch (com.fasterxml.jackson.core.JsonProcessingException notJson) {
            return JsonNodeFactory.instance.objectNode();
        }
    }
}
