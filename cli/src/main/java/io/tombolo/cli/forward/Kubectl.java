package io.tombolo.cli.forward;

import io.tombolo.cli.evidence.Command;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * {@code kubectl} for one of its contexts. No secret is in its arguments.
 * @param time that all its questions may take together; one of them at most 30 s
 */
public record Kubectl(String kubeContext, TimeLeft time) implements Asked {
    private static final String NAMESPACE = "tombolo-system";
    private static final String FIRST = "tombolo-controller-0";
    private static final Pattern POD = Pattern.compile("tombolo-controller-[0-9]{1,3}");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int MOST_OF_A_LINE = 400;

    /** As much as a contexts file or a token may have. */
    private static final int MOST_BYTES = 65_536;

    /** More than an API server has to say of the objects of one kind in a cluster that people look at. */
    private static final int MOST_SAID = 64 << 20;

    /**
     * Asks the API server with the rights of its user.
     * @throws TomboloException PROGRAM_FAILED without kubectl, KUBERNETES_UNREACHABLE with its words if it fails
     */
    @Override
    public Said ask(String input, String... words) {
        var line = new ArrayList<>(List.of("kubectl", "--context=" + kubeContext, "--request-timeout=10s"));
        line.addAll(List.of(words));
        return ended(new ProcessBuilder(line), asking -> talked(asking, input), this::refused);
    }

    private Said talked(Process asking, String input) {
        try {
            var errors = CompletableFuture.supplyAsync(() -> text(asking.getErrorStream()), Thread::startVirtualThread);
            try (OutputStream given = asking.getOutputStream()) {
                given.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String said = text(asking.getInputStream());
            if (asking.waitFor() != 0) {
                throw refused(errors.join());
            }
            return new Said(said, errors.join());
        } catch (IOException e) {
            throw refused(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused("was interrupted");
        }
    }

    /** Whatever it waits for, and whoever it started holds its output open: it is not waited for beyond the time. */
    <T> T ended(ProcessBuilder line, Function<Process, T> talk, Function<String, TomboloException> late) {
        if (time.isOver()) {
            throw time.over(late);
        }
        Process process = started(line);
        try {
            return time.within(PATIENCE, late, () -> talk.apply(process));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static String text(InputStream stream) {
        try {
            return new String(stream.readNBytes(MOST_SAID), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            return "";
        }
    }

    /** The last line says what, those before how it came to that. */
    private TomboloException refused(String said) {
        String last = said.strip().lines().reduce("did not answer", (_, line) -> line);
        return new TomboloException(
                Fault.KUBERNETES_UNREACHABLE,
                "API server of kubectl's context " + kubeContext,
                last.substring(0, Math.min(last.length(), MOST_OF_A_LINE)),
                Command.of("kubectl --context={} cluster-info", kubeContext).toString());
    }

    /**
     * The pod of the controller that leads: where there are two, a lease says which. Where it says nothing, or may not be read, there is
     * one.
     */
    String leader() {
        return leader(this);
    }

    static String leader(Asked api) {
        try {
            return podIn(api.ask(
                            "",
                            "--namespace=" + NAMESPACE,
                            "get",
                            "lease",
                            "tombolo-controller",
                            "--ignore-not-found",
                            "--output=jsonpath={.spec.holderIdentity}")
                    .output());
        } catch (TomboloException unknown) {
            return FIRST;
        }
    }

    /** What a stranger may have written is the name of such a pod or nothing. */
    static String podIn(String holder) {
        return POD.matcher(holder.strip()).matches() ? holder.strip() : FIRST;
    }

    /** What a file of that pod says. */
    String file(String pod, String path) {
        return ended(
                inNamespace("exec", pod, "-c", "controller", "--", "cat", path),
                cat -> read(cat, pod, path),
                this::failed);
    }

    private String read(Process cat, String pod, String path) {
        try {
            String text = new String(cat.getInputStream().readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
            if (cat.waitFor() != 0) {
                throw failed("did not read " + path + " in the pod " + pod);
            }
            return text;
        } catch (IOException e) {
            throw failed(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("was interrupted");
        }
    }

    /** Begins to lead a port of this machine, any free one, to one of the pod; it says which on its standard output. */
    Process forwarding(String pod, int port) {
        return started(inNamespace("port-forward", "--address=127.0.0.1", "pod/" + pod, ":" + port));
    }

    private ProcessBuilder inNamespace(String... words) {
        var line = new ArrayList<>(List.of("kubectl", "--context=" + kubeContext, "--namespace=" + NAMESPACE));
        line.addAll(List.of(words));
        return new ProcessBuilder(line)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    private static Process started(ProcessBuilder kubectl) {
        try {
            return kubectl.start();
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
