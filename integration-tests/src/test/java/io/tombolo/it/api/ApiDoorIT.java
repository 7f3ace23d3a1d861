package io.tombolo.it.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.api.PinnedTls;
import io.tombolo.cli.context.Context;
import io.tombolo.it.actors.Beside;
import io.tombolo.it.actors.Cluster;
import io.tombolo.it.actors.Operator;
import io.tombolo.it.actors.PeopleCa;
import io.tombolo.it.actors.Scratch;
import io.tombolo.it.actors.Terraform;
import io.tombolo.trustbundle.pem.Pem;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Beside
class ApiDoorIT {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final String EXPORT = """
            {"apiVersion":"tombolo.io/v1","kind":"ServiceExport","metadata":{"name":"checkout","namespace":"shop"},
             "spec":{"ports":[{"port":80}]}}""";

    private static PeopleCa people;
    private static Cluster east;
    private static Operator operator;
    private static Context context;
    private static HttpClient http;
    private static List<Route> routes;

    private record Route(String method, String path) {}

    @BeforeAll
    static void start() throws Exception {
        people = new PeopleCa();
        var settings = Map.of("api.client-ca-file", people.root().toString());
        east = Cluster.alone("east", "eu", Scratch.directory("door"), settings).awaitReady();
        operator = east.operator();
        context = operator.api().context();
        http = HttpClient.newBuilder().sslContext(PinnedTls.of(context.caPin())).build();
        routes = routes();
    }

    @AfterAll
    static void end() throws Exception {
        east.close();
    }

    @Test
    void everyRouteAndWhateverElseIsThereIsClosedToWhoShowsNothing() throws Exception {
        assertThat(routes).hasSizeGreaterThan(20);
        var all = new ArrayList<>(routes);
        for (String path : List.of(
                "/",
                "/metrics",
                "/health",
                "/health/live",
                "/health/ready",
                "/q/dev",
                "/api/v1/openapi",
                "/api",
                "/x")) {
            all.add(new Route("get", path));
        }
        for (Route route : all) {
            for (String credential : new String[] {null, "Bearer ", "Bearer tma1_x", "Basic b3BlcmF0b3I6", "tma1_x"}) {
                HttpResponse<String> answer = ask(route, credential);
                assertThat(answer.statusCode())
                        .as(route + " with " + credential)
                        .isEqualTo(401);
                assertThat(answer.body())
                        .as(route.toString())
                        .contains("TB-6001")
                        .doesNotContain("east");
            }
        }
    }

    @Test
    void aViewerChangesNothing() throws Exception {
        String viewer = credential("walker", "viewer", "");
        for (Route route : routes) {
            HttpResponse<String> answer = ask(route, viewer);
            if (route.method().equals("get") && !route.path().contains("credentials")) {
                assertThat(answer.statusCode()).as(route + ": " + answer.body()).isIn(200, 400, 404, 409);
            } else {
                assertThat(answer.statusCode()).as(route + ": " + answer.body()).isEqualTo(403);
                assertThat(answer.body()).contains("TB-6002");
            }
        }
    }

    @Test
    void anOwnerChangesItsOwnNamespaceOnly() throws Exception {
        String owner = credential("landlord", "owner", "garden");
        for (Route route : routes) {
            if (!route.method().equals("get")) {
                assertThat(ask(route, owner).statusCode()).as(route.toString()).isEqualTo(403);
            }
        }
        HttpResponse<String> own = send("post", "/api/v1/resources", owner, EXPORT.replace("shop", "garden"));
        assertThat(own.statusCode()).as(own.body()).isEqualTo(200);
        assertThat(send("delete", "/api/v1/resources/ServiceExport/garden/checkout", owner, "")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aBodyThatSaysNothingOrTheWrongThingIsTheCallersFault() throws Exception {
        String token = "Bearer " + Files.readString(context.tokenFile()).strip();
        for (Route route : routes) {
            for (String body : route.method().equals("post")
                    ? List.of("", "null", "{}", "[]", "{\"name\":7}")
                    : List.<String>of()) {
                HttpResponse<String> answer = send(route.method(), route.path(), token, body);
                assertThat(answer.statusCode())
                        .as(route + " " + body + answer.body())
                        .isLessThan(500);
                assertThat(answer.body()).as(route + " " + body).doesNotContain("Exception");
            }
        }
    }

    @Test
    void aClientCertificateOpensWhatItsSubjectSaysAndNothingElse() throws Exception {
        // Given
        HttpClient viewer = with(people.person("CN=alice,O=viewer"));
        HttpClient operates = with(people.person("CN=bob,O=operator"));
        HttpClient owner = with(people.person("CN=carol,O=owner:garden"));
        HttpClient nobody = with(people.person("CN=dave,O=gardener"));
        HttpClient stranger = with(new PeopleCa().person("CN=mallory,O=operator"));
        String garden = EXPORT.replace("shop", "garden");
        // Then
        assertThat(by(viewer, "get", "/api/v1/clusters", "")).isEqualTo(200);
        assertThat(by(viewer, "post", "/api/v1/resources", garden)).isEqualTo(403);
        assertThat(by(owner, "post", "/api/v1/resources", garden)).isEqualTo(200);
        assertThat(by(owner, "post", "/api/v1/resources", EXPORT)).isEqualTo(403);
        assertThat(by(operates, "delete", "/api/v1/resources/ServiceExport/garden/checkout", ""))
                .isEqualTo(200);
        assertThat(by(nobody, "get", "/api/v1/clusters", "")).isEqualTo(401);
        assertThatThrownBy(() -> by(stranger, "get", "/api/v1/clusters", "")).isInstanceOf(SSLHandshakeException.class);
        assertThat(ask(new Route("get", "/api/v1/clusters"), null).statusCode()).isEqualTo(401);
    }

    @Test
    void terraformIsLetInByACertificateAndKnowsTheControllerByItsAuthority(@TempDir Path directory) throws Exception {
        Terraform.isHere();
        // Given
        Path owner = people.files("CN=dora,O=owner:garden");
        Path authority = Files.writeString(directory.resolve("authority.pem"), authority());
        String provider = """
                provider "tombolo" {
                  endpoint           = "%s"
                  ca_certificate     = file("%s")
                  client_certificate = file("%s/certificate.pem")
                  client_key         = file("%s/key.pem")
                }
                resource "tombolo_service_export" "tools" {
                  name      = "tools"
                  namespace = "NAMESPACE"
                  ports     = [{ port = 80 }]
                }
                """.formatted(context.api(), authority, owner, owner);
        try (var terraform = Terraform.ofNobody(directory)) {
            // When it is its own namespace
            terraform.writes("main.tf", provider.replace("NAMESPACE", "garden"));
            // Then
            terraform.applies().succeeds();
            terraform.hasNothingToDo();
            terraform.destroys().succeeds();
            // When it is another's
            terraform.writes("main.tf", provider.replace("NAMESPACE", "shop"));
            // Then
            assertThat(terraform.applies().fails().output()).contains("TB-", "on main.tf line");
            // When the authority is another one
            Files.copy(people.root(), authority, StandardCopyOption.REPLACE_EXISTING);
            terraform.writes("main.tf", provider.replace("NAMESPACE", "garden"));
            // Then nothing is asked of whoever that is
            assertThat(terraform.applies().fails().output())
                    .contains("does not prove by its certificate", "ca_certificate");
        }
    }

    /** The last certificate that the API shows. */
    private static String authority() throws Exception {
        var uri = URI.create(context.api());
        SSLSocketFactory tls = PinnedTls.of(context.caPin()).getSocketFactory();
        try (var socket = (SSLSocket) tls.createSocket(uri.getHost(), uri.getPort())) {
            Certificate[] chain = socket.getSession().getPeerCertificates();
            return Pem.write((X509Certificate) chain[chain.length - 1]);
        }
    }

    private static HttpClient with(KeyManager[] certificate) {
        return HttpClient.newBuilder()
                .sslContext(PinnedTls.of(context.caPin(), certificate))
                .build();
    }

    private static int by(HttpClient client, String method, String path, String body) throws Exception {
        return client.send(request(method, path, null, body), HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private static String credential(String name, String role, String namespace) {
        return "Bearer "
                + operator.api()
                        .post(
                                "/credentials",
                                ApiClient.body()
                                        .put("name", name)
                                        .put("role", role)
                                        .put("namespace", namespace))
                        .path("token")
                        .asText();
    }

    /** All that the controller says it has, with values for what is in braces. */
    private static List<Route> routes() throws Exception {
        String token = "Bearer " + Files.readString(context.tokenFile()).strip();
        String openapi = send("get", "/api/v1/openapi", token, "").body();
        ObjectMapper reader = openapi.startsWith("{") ? new ObjectMapper() : new YAMLMapper();
        JsonNode paths = reader.readTree(openapi).path("paths");
        var all = new ArrayList<Route>();
        paths.fields()
                .forEachRemaining(path -> path.getValue().fieldNames().forEachRemaining(method -> {
                    if (METHODS.contains(method)) {
                        all.add(new Route(method, filled(path.getKey())));
                    }
                }));
        return all;
    }

    private static String filled(String path) {
        return path.replace("{kind}", "ServiceExport")
                .replace("{namespace}", "shop")
                .replace("{name}", "checkout")
                .replace("{cluster}", "west")
                .replaceAll("\\{[^}]*}", "0".repeat(32));
    }

    private static HttpResponse<String> ask(Route route, @Nullable String credential) throws Exception {
        return send(route.method(), route.path(), credential, body(route));
    }

    private static String body(Route route) {
        if (route.path().endsWith("/resources")) {
            return EXPORT;
        }
        return route.path().endsWith("/workload-tokens") ? "{\"namespace\":\"shop\",\"account\":\"a\"}" : "{}";
    }

    private static HttpResponse<String> send(String method, String path, @Nullable String credential, String body)
            throws Exception {
        return http.send(request(method, path, credential, body), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest request(String method, String path, @Nullable String credential, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(context.api() + path))
                .timeout(ApiClient.TIMEOUT)
                .header("Content-Type", "application/json")
                .method(
                        method.toUpperCase(Locale.ROOT),
                        method.equals("get") || method.equals("delete")
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (credential != null) {
            request.header("Authorization", credential);
        }
        return request.build();
    }
}
