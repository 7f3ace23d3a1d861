package io.tombolo.cli.forward;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code kubectl} for one of its contexts. No secret is in its arguments. */
record Kubectl(String kubeContext) {
    private static final String NAMESPACE = "tombolo-system";
    private static final int PATIENCE_SECONDS = 30;

    /** As much as a contexts file or a token may have. */
    private static final int MOST_BYTES = 65_536;

    /** What a file of the controller's pod says. */
    String file(String path) {
        Process cat = start("exec", "tombolo-controller-0", "-c", "controller", "--", "cat", path);
        try {
            String text = new String(cat.getInputStream().readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
            if (!cat.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || cat.exitValue() != 0) {
                throw failed("did not read " + path + " in the pod tombolo-controller-0");
            }
            return text;
        } catch (IOException e) {
            throw failed(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("was interrupted");
        } finally {
            cat.destroyForcibly();
        }
    }

    /** Begins to lead a port of this machine, any free one, to one of the pod; it says which on its standard output. */
    Process forwarding(int port) {
        return start("port-forward", "--address=127.0.0.1", "pod/tombolo-controller-0", ":" + port);
    }

    private Process start(String... words) {
        var line = new ArrayList<>(List.of("kubectl", "--context=" + kubeContext, "--namespace=" + NAMESPACE));
        line.addAll(List.of(words));
        try {
            return new ProcessBuilder(line)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new TomboloException(
                    Fault.PROGRAM_FAILED,
                    "kubectl",
                    "cannot be started: " + e.getMessage(),
                    "install it, or use --context",
                    e);
        }
    }

    /** It said more on the terminal itself. */
    TomboloException failed(String what) {
        return new TomboloException(
                Fault.CONTROLLER_UNREACHABLE,
                "kubectl --context " + kubeContext,
                what,
                "look at `kubectl get pods -n " + NAMESPACE + "`, and whether you may exec and port-forward there");
    }
}
