package io.tombolo.cli.check;

import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.context.Contexts;
import io.tombolo.cli.evidence.Controller;
import io.tombolo.cli.evidence.Evidence;
import io.tombolo.cli.evidence.Fact;
import io.tombolo.cli.evidence.KubeFacts;
import io.tombolo.cli.evidence.MeshFacts;
import io.tombolo.cli.evidence.Spoken;
import io.tombolo.cli.forward.ForwardedController;
import io.tombolo.cli.forward.Kubectl;
import io.tombolo.cli.forward.TimeLeft;
import io.tombolo.cli.judging.Verdict;
import io.tombolo.cli.looking.KubeLook;
import io.tombolo.cli.looking.MeshLook;
import io.tombolo.cli.output.ExitCode;
import io.tombolo.cli.output.Output;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tombolo check}. */
@Command(
        name = "check",
        description = {
            "Is everything well? What is not is named, with the command that mends it.",
            "Ends with 0 only if all of it was looked at and is well, and calls to the other clusters were seen to work;"
                    + " with 1 if something is broken, with 3 if something could not be looked at."
        },
        footer = {
            "",
            "Examples:",
            "  tombolo check",
            "  tombolo check --kube-context west --before",
            "  tombolo check --kube-context west -o json"
        })
public final class CheckCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Option(
            names = "--context",
            paramLabel = "NAME",
            defaultValue = "",
            description = "The controller to ask (default: the current context).")
    private String contextName = "";

    @Option(
            names = "--kube-context",
            paramLabel = "NAME",
            defaultValue = "",
            description = "Instead: a Kubernetes cluster and its controller, by kubectl with this context of its.")
    private String kubeContext = "";

    @Option(names = "--before", description = "Only what a Kubernetes cluster needs before the chart is installed.")
    private boolean before;

    @Option(
            names = "--within",
            paramLabel = "TIME",
            defaultValue = "2m",
            description = "What was not looked at by then is not known (default: ${DEFAULT-VALUE}).")
    private Duration within = Duration.ofMinutes(2);

    private final InstantSource clock = InstantSource.system();

    @Override
    public Integer call() {
        if (!contextName.isEmpty() && !kubeContext.isEmpty()) {
            throw new TomboloException(
                    Fault.USAGE, "--context and --kube-context", "name two controllers", "leave one out");
        }
        if (before && kubeContext.isEmpty()) {
            throw new TomboloException(
                    Fault.USAGE, "--before", "is about a Kubernetes cluster", "name it with --kube-context");
        }
        Verdict verdict = Verdict.of(evidence());
        Findings.print(verdict, output);
        return code(verdict).number();
    }

    static ExitCode code(Verdict verdict) {
        return verdict.isWell() ? ExitCode.OK : verdict.isBroken() ? ExitCode.FAILED : ExitCode.PENDING;
    }

    private Evidence evidence() {
        TimeLeft time = TimeLeft.of(within);
        Optional<KubeFacts> kube = kubeContext.isEmpty()
                ? Optional.empty()
                : Optional.of(new KubeLook(new Kubectl(kubeContext, time), clock).facts(before));
        return new Evidence(
                before ? Optional.empty() : Optional.of(mesh(kube, time)),
                kube,
                Optional.ofNullable(CheckCommand.class.getPackage().getImplementationVersion())
                        .orElse("development"),
                clock.instant(),
                new Spoken(options(), kubeContext));
    }

    private List<String> options() {
        return !kubeContext.isEmpty()
                ? List.of("--kube-context", kubeContext)
                : contextName.isEmpty() ? List.of() : List.of("--context", contextName);
    }

    /** A controller is looked for behind an API server only if there is one. */
    private MeshFacts mesh(Optional<KubeFacts> kube, TimeLeft time) {
        if (kube.map(KubeFacts::version).orElse(Fact.seen(""))
                instanceof Fact.Unknown<String>(Fault fault, String where, String why, String fix)) {
            return MeshFacts.of(new Fact.Unknown<Controller>(fault, where, why, fix));
        }
        return kubeContext.isEmpty()
                ? facts(() ->
                        new MeshLook(new ApiClient(Contexts.ofUser().require(contextName)), clock, false, time).facts())
                : facts(() -> {
                    try (ForwardedController controller = ForwardedController.open(new Kubectl(kubeContext, time))) {
                        return new MeshLook(new ApiClient(controller.context(), controller.bearer()), clock, true, time)
                                .facts();
                    }
                });
    }

    private static MeshFacts facts(Supplier<MeshFacts> looking) {
        return switch (Fact.of(looking)) {
            case Fact.Seen<MeshFacts>(MeshFacts seen) -> seen;
            case Fact.Unknown<MeshFacts>(Fault fault, String where, String why, String fix) ->
                MeshFacts.of(new Fact.Unknown<>(fault, where, why, fix));
        };
    }
}
