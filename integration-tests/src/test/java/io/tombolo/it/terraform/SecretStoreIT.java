package io.tombolo.it.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tombolo.it.actors.Terminal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** deploy/secret.sh against servers that answer as the clouds' metadata services and secret stores are documented to. */
class SecretStoreIT {
    private static final String AWS =
            "arn:aws:secretsmanager:eu-central-1:123456789012:secret:tombolo-west-join-AbCdEf";
    private static final String GCP = "projects/p/secrets/west-join";
    private static final String AZURE = "https://west.vault.azure.net/secrets/join";

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer cloud;
    private Terminal machine;
    private String stored = "the token";

    @BeforeEach
    void aCloud(@TempDir Path dir) throws IOException {
        Terminal.assumeInstalled("curl", "jq", "base64");
        cloud = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        cloud.createContext("/", this::answer);
        cloud.start();
        String address = "http://127.0.0.1:" + cloud.getAddress().getPort();
        machine = new Terminal(dir).with("TOMBOLO_METADATA", address).with("TOMBOLO_SECRET_STORE", address);
    }

    @AfterEach
    void end() {
        cloud.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + (authorization == null ? "-" : authorization.replaceAll("Signature=.*", "signed")));
        byte[] answer = answerTo(exchange, body).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.length == 0 ? 404 : 200, answer.length == 0 ? -1 : answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private String answerTo(HttpExchange exchange, String body) throws IOException {
        String path = exchange.getRequestURI().getPath();
        return switch (path) {
            case "/latest/api/token" -> "session";
            case "/latest/meta-data/iam/security-credentials/" -> "role";
            case "/latest/meta-data/iam/security-credentials/role" ->
                "{\"AccessKeyId\":\"AK\",\"SecretAccessKey\":\"SK/+\",\"Token\":\"ST\"}";
            case "/computeMetadata/v1/instance/service-accounts/default/token", "/metadata/identity/oauth2/token" ->
                "{\"access_token\":\"bearer\"}";
            case "/" -> aws(exchange, body);
            case "/v1/" + GCP + "/versions/latest:access" -> "{\"payload\":{\"data\":\"" + base64(stored) + "\"}}";
            case "/v1/" + GCP + ":addVersion" -> {
                String data =
                        new ObjectMapper().readTree(body).at("/payload/data").asText();
                stored = new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8);
                yield "{\"name\":\"" + GCP + "/versions/8\"}";
            }
            case "/v1/" + GCP + "/versions/7:destroy" -> "{}";
            case "/secrets/join" -> azure(body);
            default -> "";
        };
    }

    private String aws(HttpExchange exchange, String body) throws IOException {
        var json = new ObjectMapper().readTree(body);
        assertThat(json.path("SecretId").asText()).isEqualTo(AWS);
        if (exchange.getRequestHeaders().getFirst("X-Amz-Target").endsWith("PutSecretValue")) {
            stored = json.path("SecretString").asText();
        }
        return "{\"SecretString\":\"" + stored + "\"}";
    }

    private String azure(String body) throws IOException {
        if (!body.isEmpty()) {
            stored = new ObjectMapper().readTree(body).path("value").asText();
        }
        return "{\"value\":\"" + stored + "\"}";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private Terminal.Outcome secret(String verb, String kind, String name) {
        String script = Terminal.checkout().resolve("deploy/secret.sh").toString();
        return machine.sh("printf 'another one' | sh " + script + " " + verb + " " + kind + " " + name);
    }

    private void isReadAndWritten(String kind, String name) {
        assertThat(secret("read", kind, name).ok().output().strip()).isEqualTo("the token");
        secret("write", kind, name).ok();
        assertThat(stored).isEqualTo("another one");
        assertThat(secret("read", kind, name).ok().output().strip()).isEqualTo("another one");
    }

    @Test
    void ofAwsBySignedCallsWithTheCredentialsOfTheMachinesRole() {
        isReadAndWritten("aws", AWS);
        assertThat(asked)
                .contains("PUT /latest/api/token -")
                .anyMatch(call -> call.startsWith("POST / AWS4-HMAC-SHA256 Credential=AK/")
                        && call.contains("/eu-central-1/secretsmanager/aws4_request")
                        && call.endsWith("signed"));
    }

    @Test
    void ofGoogleWithTheTokenOfTheMachinesServiceAccount() {
        isReadAndWritten("gcp", GCP);
        assertThat(asked)
                .contains(
                        "POST /v1/" + GCP + ":addVersion Bearer bearer",
                        "POST /v1/" + GCP + "/versions/7:destroy Bearer bearer");
    }

    @Test
    void ofAzureWithTheTokenOfTheMachinesManagedIdentity() {
        isReadAndWritten("azure", AZURE);
        assertThat(asked).contains("PUT /secrets/join?api-version=7.4 Bearer bearer");
    }

    @Test
    void ofAFileAndOneThatIsNotThereSaysSo() {
        Path file = machine.home().resolve("join.token");
        assertThat(secret("read", "file", file.toString()).exitCode()).isEqualTo(3);
        secret("write", "file", file.toString()).ok();
        assertThat(secret("read", "file", file.toString()).ok().output().strip())
                .isEqualTo("another one");
    }
}
