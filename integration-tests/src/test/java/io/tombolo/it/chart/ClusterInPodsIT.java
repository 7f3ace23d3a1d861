package io.tombolo.it.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.tombolo.it.actors.Deep;
import io.tombolo.it.actors.EchoApp;
import io.tombolo.it.actors.Federation;
import io.tombolo.it.actors.FreePorts;
import io.tombolo.it.actors.Operator;
import io.tombolo.it.actors.RunningProgram;
import io.tombolo.it.actors.Scratch;
import io.tombolo.it.actors.Terminal;
import io.tombolo.it.actors.kube.ApiServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The chart's pods, started from the layers of the image: a cluster comes about as its notes say. */
@SuppressWarnings("NullAway.Init") // made before each test
class ClusterInPodsIT {
    private static final String CONTROLLER = "tombolo-controller.tombolo-system.svc";

    private final Path home = Scratch.directory("pods");
    private final Terminal terminal = new Terminal(home);
    private final List<RunningProgram> running = new ArrayList<>();
    private ApiServer api;

    @BeforeEach
    void start() throws IOException {
        Terminal.assumeInstalled("unshare", "chroot");
        assumeNamespaces();
        api = ApiServer.start();
        Path etc = Files.createDirectories(home.resolve("etc"));
        Files.writeString(etc.resolve("hosts"), "127.0.0.1 localhost " + CONTROLLER + "\n");
        Files.writeString(etc.resolve("nsswitch.conf"), "hosts: files\n");
        Files.writeString(etc.resolve("resolv.conf"), "search svc.cluster.local\nnameserver 10.96.0.10\n");
    }

    private void assumeNamespaces() {
        Assumptions.assumeTrue(
                terminal.sh("unshare --user --map-root-user --mount mount -t tmpfs none /mnt")
                                .exitCode()
                        == 0,
                "no user namespaces here");
    }

    @AfterEach
    void end() {
        running.reversed().forEach(RunningProgram::close);
        api.close();
    }

    private RunningProgram starts(String name, StartedContainer container) throws IOException {
        RunningProgram program = terminal.start("pod-" + name, "exec " + quoted(container.line()));
        running.add(program);
        return program;
    }

    private static String quoted(List<String> words) {
        return words.stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }

    /** What Kubernetes mounts for a pod's account, and says of its API server; made of a kubeconfig. */
    private void asAccount(StartedContainer container) throws IOException {
        JsonNode kubeconfig =
                new YAMLMapper().readTree(api.kubeconfig(home.resolve("api")).toFile());
        Path account = Files.createDirectories(home.resolve("account"));
        Files.writeString(
                account.resolve("token"), kubeconfig.at("/users/0/user/token").asText());
        Files.writeString(account.resolve("namespace"), "tombolo-system");
        Files.write(
                account.resolve("ca.crt"),
                Base64.getDecoder()
                        .decode(kubeconfig
                                .at("/clusters/0/cluster/certificate-authority-data")
                                .asText()));
        container
                .and("/var/run/secrets/kubernetes.io/serviceaccount", account)
                .with(
                        "KUBERNETES_MASTER",
                        kubeconfig.at("/clusters/0/cluster/server").asText());
    }

    private static Container container(PodSpec pod, String name) {
        return pod.getContainers().stream()
                .filter(one -> one.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private StartedContainer entered(UnpackedImage image, Container container) throws IOException {
        return new StartedContainer(image, home.resolve(container.getName()), container)
                .and("/etc", home.resolve("etc"))
                .volume("tmp", home.resolve("tmp"));
    }

    @Test
    @Deep
    void aClusterIsFoundedAndItsGatewayAndNamesAreReady() throws Exception {
        // Given the chart with ports that nobody has
        int backbone = FreePorts.one();
        int mesh = FreePorts.one();
        Chart.Rendered chart =
                new Chart(Terminal.checkout().resolve("deploy/helm/tombolo")).rendered(home, """
                        cluster: east
                        controller:
                          advertise: 127.0.0.1
                          settings: {allow-loopback-gateways: true}
                        backbone: {embedded: true, advertise: 127.0.0.1}
                        gateway: {advertise: "127.0.0.1:%d"}
                        """.formatted(mesh));
        UnpackedImage image = UnpackedImage.rehearsed(terminal);
        PodSpec pod = chart.the(StatefulSet.class, "tombolo-controller")
                .getSpec()
                .getTemplate()
                .getSpec();
        Container kafka = container(pod, "backbone");
        kafka.setArgs(kafka.getArgs().stream()
                .map(word -> word.replace("15092", Integer.toString(backbone)))
                .toList());
        // When its containers start
        Path broker = home.resolve("broker");
        starts("backbone", entered(image, kafka).volume("backbone", broker));
        StartedContainer controller = entered(image, container(pod, "controller"))
                .volume("state", home.resolve("state"))
                .volume("backbone", broker)
                .volume(
                        "configuration",
                        configuration(
                                chart,
                                "tombolo-controller",
                                "controller",
                                ports("api", "proxies", "enrolment", "injection")));
        asAccount(controller);
        starts("controller", controller.with("TOMBOLO_JAVA_OPTS", "-Xlog:class+load:file=/tmp/classes.log"));
        // Then the controller says where it is
        Awaitility.await("the controller's address")
                .atMost(Duration.ofSeconds(60))
                .until(() -> !api.configMap("tombolo-system", "tombolo-mesh").isEmpty());
        // And it did not have to learn anew what it learned when the image was made
        List<String> classes = Files.readAllLines(home.resolve("tmp/classes.log"));
        assertThat(classes.stream().filter(line -> line.contains("source: file:")))
                .as("of %d classes", classes.size())
                .hasSizeLessThan(classes.size() / 5);
        // When its operator types what the notes say
        Awaitility.await("the broker")
                .atMost(Duration.ofSeconds(60))
                .until(() -> Files.exists(broker.resolve("kafka/admin/connection.properties")));
        founds(controller, "/var/lib/tombolo-backbone/kafka/admin/connection.properties");
        startsProxies(image, chart, mesh);
        // Then
        assertThat(terminal.run(controller.line(List.of("status"))).ok().output())
                .contains("east");
        // And a pod with a sidecar that was put into it is an instance of its service, and calls it
        assertThat(answerOfAnInjectedPod(image)).contains("till here", "spiffe://east.demo.tombolo/ns/shop/sa/till");
    }

    @Test
    @Deep
    void aClusterJoinsByTheTokenThatItsSecretBringsLater() throws Exception {
        try (Federation federation = Federation.unlinked(Map.of("east", "eu"))) {
            // Given an authority elsewhere, and the pod of a controller without its Secret
            Operator east = federation.cluster("east").operator();
            east.founds("demo", federation.backbone().connectionFile());
            Chart.Rendered chart = new Chart(Terminal.checkout().resolve("deploy/helm/tombolo")).rendered(home, """
                            cluster: west
                            controller: {advertise: 127.0.0.1, settings: {allow-loopback-gateways: true}}
                            join: {secretName: tombolo-join}
                            """);
            PodSpec pod = chart.the(StatefulSet.class, "tombolo-controller")
                    .getSpec()
                    .getTemplate()
                    .getSpec();
            Path secret = home.resolve("join");
            StartedContainer controller = entered(
                            UnpackedImage.of(terminal, "controller"), container(pod, "controller"))
                    .volume("state", home.resolve("state"))
                    .volume("join", secret)
                    .volume(
                            "configuration",
                            configuration(
                                    chart,
                                    "tombolo-controller",
                                    "controller",
                                    ports("api", "proxies", "enrolment", "injection")));
            asAccount(controller);
            starts("controller", controller);
            Awaitility.await("what it waits for")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> said(controller).contains("/var/run/secrets/tombolo-join/token"));
            // When
            Path token = Files.writeString(home.resolve("token-of-west"), east.invites("west"));
            Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("r--r-----"));
            Files.move(token, secret.resolve("token"));
            // Then
            Awaitility.await("west's admission")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> said(controller).contains(" JOINED "));
            assertThat(east.sees("west").path("state").asText()).isEqualTo("ADMITTED");
        }
    }

    private String said(StartedContainer controller) throws IOException {
        return terminal.run(controller.line(List.of("status"))).output();
    }

    /** What the application of a pod gets that calls its own service through its sidecar. */
    private String answerOfAnInjectedPod(UnpackedImage image) throws Exception {
        api.hasNamespace("shop");
        api.hasService("shop", "checkout", "http");
        api.exports("shop", "checkout", "till");
        try (EchoApp app = EchoApp.start("till here")) {
            int local = FreePorts.one();
            Container sidecar = injected(app.port());
            var arguments = new ArrayList<>(sidecar.getArgs());
            for (String port : List.of("inbound", "outbound", "admin", "dns")) {
                arguments.add("--set=" + port + ".port=" + FreePorts.one());
            }
            arguments.add("--bind=checkout.shop:80=127.0.0.1:" + local);
            sidecar.setArgs(arguments);
            Path token = api.startsPod(home.resolve("till"), "shop", "till");
            Files.move(token, token.resolveSibling("token"));
            starts(
                    "till",
                    entered(image, sidecar)
                            .volume("tombolo-tmp", home.resolve("tmp"))
                            .volume("tombolo-state", home.resolve("till-state"))
                            .volume("tombolo-token", home.resolve("till"))
                            .with("POD_IP", "127.0.0.1")
                            .with("POD_NAMESPACE", "shop"));
            // What its startup probe looks for
            Awaitility.await("its configuration")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> Files.exists(home.resolve("till-state/sidecar/configured")));
            return Awaitility.await("an answer")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> answer(local), answer -> answer.contains("till here"));
        }
    }

    /** The container that `tombolo inject` puts into a pod of the account till. */
    private Container injected(int appPort) throws Exception {
        Map<String, String> said = api.configMap("tombolo-system", "tombolo-mesh");
        Path manifest = Files.writeString(home.resolve("till.yaml"), """
                apiVersion: v1
                kind: Pod
                metadata:
                  {name: till, namespace: shop, annotations: {tombolo.io/service: checkout, tombolo.io/service-port: "80",
                    tombolo.io/app-port: "%d", tombolo.io/app-protocol: http}}
                spec: {serviceAccountName: till, containers: [{name: app, image: nowhere.invalid/app}]}
                """.formatted(appPort));
        String with = terminal.run(List.of(
                        "tombolo",
                        "inject",
                        "--file=" + manifest,
                        "--image=tombolo:1",
                        "--cluster-dns=10.96.0.10",
                        "--controller=" + said.get("controller"),
                        "--ca-pin=" + said.get("ca-pin")))
                .ok()
                .output();
        return ((Pod) Chart.objects(with).getFirst())
                .getSpec()
                .getInitContainers()
                .getFirst();
    }

    private static String answer(int port) throws InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException notYet) {
            return "";
        }
    }

    private void founds(StartedContainer controller, String backbone) throws IOException {
        String key = "/var/lib/tombolo/recovery.key";
        terminal.run(controller.line(List.of("init", "demo", "--backbone", backbone, "--recovery-key-file", key)))
                .ok();
    }

    /** A gateway, and what answers for names; both get ready. */
    private void startsProxies(UnpackedImage image, Chart.Rendered chart, int mesh) throws IOException {
        int health = FreePorts.one();
        int names = FreePorts.one();
        starts(
                "gateway",
                proxy(
                        image,
                        chart,
                        "gateway",
                        "gateway",
                        Map.of("listen", mesh, "health", health, "admin", FreePorts.one())));
        starts(
                "dns",
                proxy(
                        image,
                        chart,
                        "dns",
                        "sidecar",
                        Map.of("dns", FreePorts.one(), "health", names, "admin", FreePorts.one())));
        for (int ready : List.of(health, names)) {
            Awaitility.await("the gateway, and what answers for names")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> status(ready).equals(Optional.of(200)));
        }
    }

    /** A container of the chart whose pod has an account of its own. */
    private StartedContainer proxy(
            UnpackedImage image, Chart.Rendered chart, String account, String program, Map<String, Integer> ports)
            throws IOException {
        Map<String, String> said = api.configMap("tombolo-system", "tombolo-mesh");
        Path tokens = home.resolve(account + "-token");
        Path token = api.startsPod(tokens, "tombolo-system", account);
        Files.move(token, token.resolveSibling("token"));
        return entered(
                        image,
                        chart.the(Deployment.class, "tombolo-" + account)
                                .getSpec()
                                .getTemplate()
                                .getSpec()
                                .getContainers()
                                .getFirst())
                .volume("state", home.resolve(account + "-state"))
                .volume("token", tokens)
                .volume("configuration", configuration(chart, "tombolo-" + account, program, ports))
                .with("CONTROLLER", said.getOrDefault("controller", ""))
                .with("CA_PIN", said.getOrDefault("ca-pin", ""));
    }

    private static Map<String, Integer> ports(String... listeners) {
        return Stream.of(listeners).collect(Collectors.toMap(listener -> listener, _ -> FreePorts.one()));
    }

    /** The chart's own, with ports that nobody has. */
    private Path configuration(Chart.Rendered chart, String name, String program, Map<String, Integer> ports)
            throws IOException {
        Path directory = StartedContainer.files(
                home.resolve("configuration").resolve(name),
                chart.the(ConfigMap.class, name).getData());
        String lines = ports.entrySet().stream()
                .map(port -> program + "." + port.getKey() + ".port=" + port.getValue() + "\n")
                .collect(Collectors.joining());
        Files.writeString(directory.resolve(program + ".properties"), lines, StandardOpenOption.APPEND);
        return directory;
    }

    private static Optional<Integer> status(int port) throws InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/readyz"))
                    .build();
            return Optional.of(
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
        } catch (IOException notYet) {
            return Optional.empty();
        }
    }

    /** In short: one program's image, and its command line alone. */
    @Test
    void theCommandLineOfAnImageWorksByItself() throws Exception {
        UnpackedImage image = UnpackedImage.of(terminal, "sidecar");
        assertThat(image.configuration().path("User").asText()).isEqualTo("10001:10001");
        var container = new Container();
        var started = new StartedContainer(image, home.resolve("sidecar"), container)
                .and("/etc", home.resolve("etc"))
                .and("/tmp", Files.createDirectories(home.resolve("tmp")));
        assertThat(terminal.run(started.line(List.of("version"))).ok().output()).contains("0.1.0");
        assertThat(image.root().resolve("opt/tombolo/sidecar/target/program.aot"))
                .doesNotExist();
        // And there is nothing that it could change
        assertThat(Files.walk(image.root().resolve("opt"))
                        .filter(Files::isRegularFile)
                        .filter(file -> mode(file).contains("w")))
                .isEmpty();
    }

    private static String mode(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
