package io.tombolo.terraform.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tombolo.terraform.cty.JsonTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
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

    private static final int FIRST_OTHER = 300;
    private static final int FIRST_ERROR = 400;
    private static final int CHUNK = 8192;

    private final Connection connection;
    private final Lines lines = new Lines();

    Api(Connection connection) {
        this.connection = connection;
    }

    /** What is at {@code path}, an object. */
    ObjectNode get(String path) {
        return object("GET", path, Optional.empty());
    }

    /** What is at {@code path}, a list of objects. */
    ArrayNode list(String path) {
        return list("GET", path, Optional.empty());
    }

    ObjectNode post(String path, JsonNode body) {
        return object("POST", path, Optional.of(body));
    }

    ArrayNode postForList(String path, JsonNode body) {
        return list("POST", path, Optional.of(body));
    }

    ObjectNode delete(String path) {
        return object("DELETE", path, Optional.empty());
    }

    /** That an answer is about something else. */
    ApiProblem strange(String request, String expected) {
        return ApiProblem.strange(connection, request, expected);
    }

    private ObjectNode object(String method, String path, Optional<JsonNode> body) {
        if (call(method, path, body) instanceof ObjectNode object) {
            return object;
        }
        throw ApiProblem.strange(connection, method + " " + path, "a JSON object");
    }

    private ArrayNode list(String method, String path, Optional<JsonNode> body) {
        if (call(method, path, body) instanceof ArrayNode list
                && list.valueStream().allMatch(JsonNode::isObject)) {
            return list;
        }
        throw ApiProblem.strange(connection, method + " " + path, "a JSON list of objects");
    }

    /** For a part of a path, or a value of a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** What was answered; missing if that is no JSON: whoever asked knows nothing then, and not that there is nothing. */
    private JsonNode call(String method, String path, Optional<JsonNode> body) {
        lines.take();
        long deadline = System.nanoTime() + connection.timeout().toNanos();
        try {
            HttpURLConnection request = open(method, path);
            if (body.isPresent()) {
                request.setDoOutput(true);
                request.setRequestProperty("Content-Type", "application/json");
                try (OutputStream out = request.getOutputStream()) {
                    out.write(JsonTree.write(body.get()));
                }
            }
            int status = request.getResponseCode();
            JsonNode answer =
                    read(status < FIRST_ERROR ? request.getInputStream() : request.getErrorStream(), deadline);
            if (status >= FIRST_OTHER) {
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
        } finally {
            lines.giveBack();
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

    private static JsonNode read(@Nullable InputStream body, long deadline) throws IOException {
        if (body == null) {
            return MissingNode.getInstance();
        }
        try (body) {
            return JsonTree.read(bytes(body, deadline));
        } catch (com.fasterxml.jackson.core.JsonProcessingException notJson) {
            return MissingNode.getInstance();
        }
    }

    /** Each read waits for the timeout at most; this also ends an answer that comes drop by drop. */
    private static byte[] bytes(InputStream body, long deadline) throws IOException {
        var read = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        for (int length = body.read(chunk); length >= 0; length = body.read(chunk)) {
            read.write(chunk, 0, length);
            if (System.nanoTime() > deadline) {
                throw new SocketTimeoutException("the answer did not end in time");
            }
            if (read.size() > LONGEST_ANSWER) {
                throw new IOException("the answer is longer than " + LONGEST_ANSWER + " bytes");
            }
        }
        return read.toByteArray();
    }
}
