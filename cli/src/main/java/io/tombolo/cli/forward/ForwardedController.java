package io.tombolo.cli.forward;

import io.tombolo.cli.context.Context;
import io.tombolo.cli.context.Contexts;
import io.tombolo.model.fault.TomboloException;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The controller of a Kubernetes cluster, reached through its API server until this is closed.
 * @param bearer its operator's token: in memory alone
 */
public record ForwardedController(Context context, String bearer, Process forwarding) implements AutoCloseable {
    /** As the chart has it. */
    private static final String CONTEXTS = "/var/lib/tombolo/contexts.yaml";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern FORWARDING = Pattern.compile("Forwarding from 127\\.0\\.0\\.1:([0-9]{1,5}) ->.*");

    /**
     * Opens the way.
     * @param kubeContext of kubectl's configuration
     * @throws io.tombolo.model.fault.TomboloException PROGRAM_FAILED without kubectl, CONTROLLER_UNREACHABLE if it fails
     */
    public static ForwardedController open(String kubeContext) {
        return open(new Kubectl(kubeContext, TimeLeft.unlimited()));
    }

    /** The same in the time that is left. */
    public static ForwardedController open(Kubectl kubectl) {
        String pod = kubectl.leader();
        Context inside = Contexts.current(kubectl.file(pod, CONTEXTS));
        String bearer = kubectl.file(pod, inside.tokenFile().toString()).strip();
        Process forwarding = kubectl.forwarding(pod, URI.create(inside.api()).getPort());
        Runtime.getRuntime().addShutdownHook(new Thread(forwarding::destroyForcibly));
        int port = port(kubectl, forwarding);
        var here = new Context(
                inside.name(), "https://127.0.0.1:" + port, inside.caPin(), inside.tokenFile(), inside.cluster());
        return new ForwardedController(here, bearer, forwarding);
    }

    private static int port(Kubectl kubectl, Process forwarding) {
        try {
            return kubectl.time().within(PATIENCE, kubectl::failed, () -> told(kubectl, forwarding));
        } catch (TomboloException none) {
            forwarding.destroyForcibly();
            throw none;
        }
    }

    private static int told(Kubectl kubectl, Process forwarding) {
        BufferedReader said = forwarding.inputReader(StandardCharsets.UTF_8);
        try {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                Matcher forwarded = FORWARDING.matcher(line);
                if (forwarded.matches()) {
                    Thread.ofVirtual().start(() -> said.lines().forEach(_ -> {})); // it must not wait for a reader
                    return Integer.parseInt(forwarded.group(1));
                }
            }
        } catch (IOException broken) {
            // As if it had ended.
        }
        throw kubectl.failed("does not forward a port to the controller's pod");
    }

    @Override
    public void close() {
        forwarding.destroy();
    }
}
