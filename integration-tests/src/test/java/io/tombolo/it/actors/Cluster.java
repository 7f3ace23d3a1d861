package io.tombolo.it.actors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.program.Program;
import io.tombolo.cli.program.Settings;
import io.tombolo.trustbundle.key.SecretFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** One cluster in universal mode: a controller process and whatever is started beside it, all on free ports. */
public final class Cluster implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String name;
    private final String label;
    private final String region;
    private final Path dir;
    private final String scenario;
    private Path contexts;
    // Programs are started beside each other: who is not in its list is ended by nobody.
    private final List<ProxyProcess> gateways = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> started = new CopyOnWriteArrayList<>();
    private final Ports ports = Ports.free();
    private final Map<String, String> more;
    private List<String> inside = List.of();
    private RunningProgram controller;

    /** @param label tells it from another one of the same name; @param more settings of its controller */
    Cluster(String name, String region, String label, Path base, Path contexts, Map<String, String> more) {
        this.more = more;
        this.name = name;
        this.label = label;
        this.region = region;
        this.dir = base.resolve(label);
        this.scenario = String.valueOf(base.getFileName());
        this.contexts = contexts;
        this.controller = runController(controllerState(), contexts, ports, Map.of());
    }

    /** A cluster without a {@link Federation}, to be closed by itself. All of {@code base} share a context file. */
    public static Cluster alone(String name, String region, Path base) {
        return alone(name, region, base, Map.of());
    }

    /** @param more settings of its controller, without their prefix */
    public static Cluster alone(String name, String region, Path base, Map<String, String> more) {
        return new Cluster(name, region, name, base, base.resolve("contexts.yaml"), more);
    }

    public String name() {
        return name;
    }

    public Path controllerState() {
        return dir.resolve("controller");
    }

    /** What is started from now on is started by this command, such as one that enters a network namespace. */
    public void livesInside(List<String> command) {
        inside = command;
    }

    /** Starts the {@link EchoApp} as a process of its own, on a port of where this cluster lives. */
    public void startsApp(String label, int port) {
        started.add(RunningProgram.startMain(
                inside, unique(label + "-app"), EchoApp.class, String.valueOf(port), name + " " + label));
    }

    /** Asks a local port of where this cluster lives until it answers. @return the answer's body */
    public String asks(int port) {
        try (var asking = RunningProgram.startMain(inside, unique("ask"), AskProgram.class, String.valueOf(port))) {
            return asking.awaitLine(line -> line.startsWith(AskProgram.ANSWER)).substring(AskProgram.ANSWER.length());
        }
    }

    /** Waits until the controller answers. */
    public Cluster awaitReady() {
        ready(controller, controllerState());
        return this;
    }

    public Operator operator() {
        return new Operator(contexts, name);
    }

    public RunningProgram controller() {
        return controller;
    }

    /** Starts the controller again where it was. */
    public void startControllerAgain() {
        // One that still runs, because a test failed before it killed it, must not be lost sight of.
        controller.close();
        // What a killed one left says where it was, not that this one is there.
        controllerState().resolve("ready.json").toFile().delete();
        controller = runController(controllerState(), contexts, ports, Map.of());
        awaitReady();
    }

    /** SIGKILL to the controller and to every proxy that was started here; applications go on. */
    public void killEverything() {
        controller.kill();
        proxies().forEach(ProxyProcess::kill);
    }

    /** Starts all that again where it was, the controller first, and waits until each is ready. */
    public void startEverythingAgain() {
        startControllerAgain();
        proxies().forEach(ProxyProcess::startAgain);
    }

    private List<ProxyProcess> proxies() {
        var sidecars = started.stream().filter(ProxyProcess.class::isInstance).map(ProxyProcess.class::cast);
        return Stream.concat(gateways.stream(), sidecars).toList();
    }

    /** Starts a second controller of this cluster on another state directory, and waits until it answers. */
    public Operator startControllerOn(Path state) {
        Path itsContexts = state.resolveSibling(state.getFileName() + "-contexts.yaml");
        // A copied directory says that the original is ready.
        state.resolve("ready.json").toFile().delete();
        RunningProgram second = runController(state, itsContexts, Ports.free(), Map.of());
        started.add(second);
        ready(second, state);
        return new Operator(itsContexts, name);
    }

    /** host:port at which clusters enrol, if this one is an authority. */
    public String enrolmentAddress() {
        return "127.0.0.1:" + ports.enrolment();
    }

    /** Where a controller listens. It takes these and no others: others are somebody else's. */
    private record Ports(int api, int proxies, int enrolment) {
        static Ports free() {
            return new Ports(FreePorts.one(), FreePorts.one(), FreePorts.one());
        }
    }

    /** Where each replica of its controller is found by proxies. */
    public int proxiesPort() {
        return ports.proxies();
    }

    /** Where each replica of its controller lets clusters in, if it is an authority. */
    public int enrolmentPort() {
        return ports.enrolment();
    }

    /**
     * Starts a further replica of its controller, on the same ports of other addresses, and does not wait for it.
     * @param replica  its name
     * @param settings that the others do not have alike
     */
    public RunningProgram startsReplica(String replica, Map<String, String> settings) {
        Path state = dir.resolve(replica);
        state.resolve("ready.json").toFile().delete();
        RunningProgram program = runController(state, contextsOf(replica), ports, settings);
        started.add(program);
        return program;
    }

    /** From now on that replica is asked: it leads, or will in a moment. */
    public void isLedBy(String replica) {
        contexts = contextsOf(replica);
        Awaitility.await(replica + " to answer")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> operator().api().get("/services").isArray());
    }

    private Path contextsOf(String replica) {
        return dir.resolve(replica + "-contexts.yaml");
    }

    private RunningProgram runController(Path state, Path contextFile, Ports ports, Map<String, String> settingsOfOne) {
        Settings settings = new Settings("controller.")
                .put("state-dir", state)
                .put("cluster", name)
                .put("region", region)
                .put("labels.home", name)
                .put("context-file", contextFile)
                .put("api.port", ports.api())
                .put("proxies.port", ports.proxies())
                .put("enrolment.port", ports.enrolment())
                .put("allow-loopback-gateways", true)
                .putAll(more)
                .putAll(settingsOfOne);
        return RunningProgram.start(unique(String.valueOf(state.getFileName())), Program.CONTROLLER, settings);
    }

    /** Starts a gateway and waits until it is ready. */
    public ProxyProcess startsGateway(String label) {
        return startsGateway(label, Map.of());
    }

    /** The gateway that was started first. */
    public ProxyProcess gateway() {
        return gateways.getFirst();
    }

    /** SIGKILL to one of its gateways, which is none of its gateways any more. */
    public void losesGateway(ProxyProcess gateway) {
        gateway.kill();
        gateways.remove(gateway);
    }

    /** Starts a gateway with further settings. */
    public ProxyProcess startsGateway(String label, Map<String, String> more) {
        String token = operator()
                .api()
                .post("/gateway-tokens", ApiClient.body().put("ttlSeconds", 900))
                .path("token")
                .asText();
        Path state = dir.resolve(label);
        Settings settings = new Settings("gateway.")
                .put("state-dir", state)
                .put("token-file", tokenFile(label, token))
                .put("listen.host", "127.0.0.1")
                .put("listen.port", 0)
                .put("admin.port", 0)
                .putAll(more);
        var gateway = new ProxyProcess(inside, unique(label), Program.GATEWAY, settings, state, List.of());
        gateways.add(gateway);
        return gateway.awaitReady();
    }

    /** Starts an instance of a service: an application in this JVM behind a sidecar process. */
    public ServiceInstance startsService(String namespace, String service, String label) {
        return startsService(namespace, service, label, Map.of());
    }

    /** The same, with further settings of the sidecar. */
    public ServiceInstance startsService(String namespace, String service, String label, Map<String, String> more) {
        EchoApp app = EchoApp.start(name + " " + label);
        started.add(app);
        return new ServiceInstance(app, startsSidecarFor(namespace, service, label, app.port(), "http", more));
    }

    /** Starts a sidecar in front of whatever listens on {@code appPort}. */
    public ProxyProcess startsSidecarFor(
            String namespace, String service, String label, int appPort, String appProtocol) {
        return startsSidecarFor(namespace, service, label, appPort, appProtocol, Map.of());
    }

    /** The same, with further settings. */
    public ProxyProcess startsSidecarFor(
            String namespace, String service, String label, int appPort, String appProtocol, Map<String, String> more) {
        Path state = dir.resolve(label);
        Settings settings = sidecar(namespace, service, label, state)
                .put("service", namespace + "/" + service)
                .put("service-port", 80)
                .put("app-port", appPort)
                .put("app-protocol", appProtocol)
                .putAll(more);
        return sidecarProcess(label, settings, state, List.of());
    }

    /** Starts a sidecar with settings of its own. */
    public ProxyProcess startsSidecar(String namespace, String account, String label, Map<String, String> more) {
        Path state = dir.resolve(label);
        return sidecarProcess(label, sidecar(namespace, account, label, state).putAll(more), state, List.of());
    }

    /** Starts a workload that calls others, with a local port bound to a service. */
    public Caller startsCaller(String namespace, String account, String service, Map<String, String> more) {
        int port = FreePorts.one();
        Path state = dir.resolve(account);
        Settings settings = sidecar(namespace, account, account, state)
                .put("bind", service + "=127.0.0.1:" + port)
                .putAll(more);
        return new Caller(sidecarProcess(account, settings, state, List.of()), port, service);
    }

    /**
     * Starts a workload that calls ports of services of one namespace.
     * @param called such as {@code checkout:80}
     * @return by which of them is called, all with one sidecar
     */
    public Map<String, Caller> startsCallerOf(String namespace, String account, String of, List<String> called) {
        var ports = new LinkedHashMap<String, Integer>();
        called.forEach(one -> ports.put(one, FreePorts.one()));
        String bind = ports.entrySet().stream()
                .map(one -> one.getKey().replace(":", "." + of + ":") + "=127.0.0.1:" + one.getValue())
                .collect(Collectors.joining(","));
        ProxyProcess process = startsSidecar(namespace, account, account, Map.of("bind", bind));
        var callers = new LinkedHashMap<String, Caller>();
        ports.forEach((one, port) -> callers.put(one, new Caller(process, port, one.replace(":", "." + of + ":"))));
        return callers;
    }

    /**
     * Starts a workload in a pod, that calls a service by a local port.
     * @param token of the pod's service account
     */
    public Caller startsCallerInPod(String name, Path token, String service) {
        int port = FreePorts.one();
        Path state = dir.resolve(name);
        Settings settings = inPod(state, token).put("bind", service + "=127.0.0.1:" + port);
        return new Caller(sidecarProcess(name, settings, state, List.of()), port, service);
    }

    /**
     * Starts what answers for the names of this cluster, in a pod.
     * @param token of the pod's service account
     */
    public NameServer startsNames(Path token) {
        Path state = dir.resolve("names");
        Settings settings = inPod(state, token).put("dns.answers", "cluster").put("dns.port", FreePorts.one());
        return new NameServer(sidecarProcess("names", settings, state, List.of()));
    }

    /** Starts a workload that calls services, and their instances, by their names. */
    public NameServer startsCallerByNames(String namespace, String account) {
        return new NameServer(
                startsSidecar(namespace, account, account, Map.of("dns.enabled", "true", "dns.port", "0")));
    }

    private Settings inPod(Path state, Path token) {
        return ports(state)
                .put("kubernetes.token-file", token)
                .put("kubernetes.ca-pin", operator().api().context().caPin())
                .put("controller", "127.0.0.1:" + ports.proxies());
    }

    /** Starts a workload that calls two services by a local port each. @return one caller for each, with one sidecar */
    public List<Caller> startsCallerOfTwo(
            String namespace, String account, String first, String second, Map<String, String> more) {
        int firstPort = FreePorts.one();
        int secondPort = FreePorts.one();
        Path state = dir.resolve(account);
        Settings settings = sidecar(namespace, account, account, state)
                .put("bind", first + "=127.0.0.1:" + firstPort + "," + second + "=127.0.0.1:" + secondPort)
                .putAll(more);
        ProxyProcess process = sidecarProcess(account, settings, state, List.of());
        return List.of(new Caller(process, firstPort, first), new Caller(process, secondPort, second));
    }

    /** Starts a TCP service: lines in, lines out. */
    public ProxyProcess startsLines(String namespace, String service, String label) {
        LineApp app = LineApp.start();
        started.add(app);
        return startsSidecarFor(namespace, service, label, app.port(), "tcp");
    }

    /** Runs a program of its own beside a sidecar, as `sidecar run -- program` does. */
    public ProxyProcess runsProgram(String namespace, String account, List<String> command) {
        Path state = dir.resolve(account);
        return sidecarProcess(account, sidecar(namespace, account, account, state), state, command);
    }

    private Settings sidecar(String namespace, String account, String label, Path state) {
        String token = operator()
                .api()
                .post(
                        "/workload-tokens",
                        ApiClient.body()
                                .put("namespace", namespace)
                                .put("account", account)
                                .put("ttlSeconds", 900))
                .path("token")
                .asText();
        return ports(state).put("token-file", tokenFile(label, token));
    }

    private static Settings ports(Path state) {
        return new Settings("sidecar.")
                .put("state-dir", state)
                .put("inbound.host", "127.0.0.1")
                .put("inbound.port", 0)
                .put("outbound.port", 0)
                .put("admin.port", 0);
    }

    private ProxyProcess sidecarProcess(String label, Settings settings, Path state, List<String> rest) {
        var process = new ProxyProcess(inside, unique(label), Program.SIDECAR, settings, state, rest);
        started.add(process);
        return process.awaitReady();
    }

    private Path tokenFile(String label, String token) {
        Path file = dir.resolve(label + ".token");
        SecretFile.write(file, (token + "\n").getBytes(StandardCharsets.US_ASCII));
        return file;
    }

    private String unique(String label) {
        return scenario + "-" + this.label + "-" + label;
    }

    /** Waits for a program's ready file. */
    static JsonNode ready(RunningProgram program, Path state) {
        Path file = state.resolve("ready.json");
        Awaitility.await(program + " to be ready")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> Files.exists(file) || !program.isAlive());
        try {
            if (!Files.exists(file)) {
                throw new AssertionError("ended early:\n" + String.join("\n", program.lines()));
            }
            return new ObjectMapper().readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends applications, their sidecars and further controllers; the gateways and the cluster's own controller go on. */
    public void endWorkloads() throws Exception {
        for (AutoCloseable one : started.reversed()) {
            one.close();
        }
        started.clear();
    }

    @Override
    public void close() throws Exception {
        endWorkloads();
        gateways.forEach(ProxyProcess::close);
        controller.close();
    }
}
