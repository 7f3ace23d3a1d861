package io.tombolo.cli.evidence;

import java.util.List;

/**
 * How commands have to be written here, so that they can be run as they are printed. In every line {@code {}} stands for a value.
 * @param options     of {@code tombolo}; empty = the current context
 * @param kubeContext of kubectl; empty = the current one
 */
public record Spoken(List<String> options, String kubeContext) {
    public Spoken {
        options = List.copyOf(options);
    }

    /** A command of ours. @param line such as {@code clusters} */
    public String tombolo(String line, String... values) {
        return Command.of("tombolo " + line, values).then(options).toString();
    }

    /** The same where another cluster's controller is known by its name. */
    public static String tomboloAt(String cluster, String line) {
        return Command.of("tombolo " + line + " --context {}", cluster).toString();
    }

    public String kubectl(String line, String... values) {
        List<String> context = kubeContext.isEmpty() ? List.of() : List.of("--context=" + kubeContext);
        return Command.of("kubectl")
                .then(context)
                .then(Command.of(line, values).words())
                .toString();
    }

    /** What the chart is brought up to date with. @param line such as {@code --set cluster=west} */
    public String helm(String line) {
        // Values that a newer chart added get their defaults, which --reuse-values would leave out.
        Command upgrade = Command.of(
                "helm upgrade tombolo deploy/helm/tombolo --namespace tombolo-system --reset-then-reuse-values");
        List<String> context = kubeContext.isEmpty() ? List.of() : List.of("--kube-context", kubeContext);
        return upgrade.then(context)
                .then(line.isEmpty() ? List.of() : Command.of(line).words())
                .toString();
    }
}
