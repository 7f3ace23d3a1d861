package io.tombolo.cli.drill;

import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.api.ApiCommand;
import io.tombolo.cli.output.ExitCode;
import io.tombolo.cli.output.Table;
import io.tombolo.cli.program.StateHome;
import io.tombolo.cli.running.RunningSidecar;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ServiceName;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tombolo failover drill}. */
@Command(
        name = "drill",
        description = {
            "Rehearse the death of a cluster with real calls, and print when what happened, in seconds.",
            "",
            "This cluster's calls leave it as if it had died, for a while; it comes back by itself, also if this command is",
            "killed. A guard ends it early when calls fail. Exit code 1 if it did, 4 if the drill was not begun."
        },
        footer = {
            "",
            "Examples:",
            "  tombolo failover drill --down west --for 30s",
            "  tombolo failover drill --down west --for 30s --service checkout.shop --stop-at 0.5 --over 10s",
            "  tombolo failover drill --down west --for 30s --url http://127.0.0.1:18080/ --rate 50",
            "  tombolo failover drill --down west --for 30s --demo --context east",
            "  tombolo failover drill --undo"
        })
public final class DrillCommand extends ApiCommand {
    static final class What {
        @Option(names = "--down", paramLabel = "CLUSTER", description = "The cluster that counts as dead.")
        private String cluster = "";

        @Option(names = "--undo", description = "End the drill that is in force, whoever began it.")
        private boolean undo;
    }

    @ArgGroup(multiplicity = "1")
    private What what = new What();

    @Option(names = "--for", defaultValue = "30s", description = "How long, 1s to 1h (default: ${DEFAULT-VALUE}).")
    private Duration time = Duration.ZERO;

    @Option(
            names = "--service",
            paramLabel = "SERVICE",
            description = "Name, or name.namespace; default: all that the sidecar's workload calls.")
    private Optional<String> service = Optional.empty();

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            defaultValue = "",
            description =
                    "Of the sidecar whose calls are watched; default: the only one that this user runs without one.")
    private Path stateDir = Path.of("");

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Send calls there, by the proxy that http_proxy names, if it does, and watch those instead.")
    private Optional<URI> url = Optional.empty();

    @Option(names = "--rate", defaultValue = "20", description = "Calls a second to --url (default: ${DEFAULT-VALUE}).")
    private int perSecond;

    @Option(
            names = "--stop-at",
            paramLabel = "PERCENT",
            defaultValue = "1",
            description = "End it when more of the calls fail (default: ${DEFAULT-VALUE}) ...")
    private double stopAt;

    @Option(
            names = "--over",
            defaultValue = "5s",
            description = "... of the last, 1s to 5m (default: ${DEFAULT-VALUE}).")
    private Duration over = Duration.ZERO;

    @Option(
            names = "--wait",
            defaultValue = "2m",
            description = "How long to look for the return (default: ${DEFAULT-VALUE}).")
    private Duration patience = Duration.ZERO;

    @Option(names = "--demo", description = "Really: `tombolo demo`, which runs, kills its gateway and instances.")
    private boolean demo;

    @Option(
            names = "--demo-dir",
            paramLabel = "DIR",
            defaultValue = "",
            description = "State of that demo; default: ~/.local/state/tombolo/demo.")
    private Path demoDir = Path.of("");

    @Option(names = "--force", description = "Begin although a simulation says that calls would be refused.")
    private boolean force;

    @Override
    protected ExitCode run(ApiClient api) {
        if (what.undo) {
            output.print(api.delete("/drills"), new Table("").column("ENDED", "/clusters"));
            return ExitCode.OK;
        }
        var guard = new Guard(stopAt, over);
        var asked = new Asked(api, what.cluster, name());
        if (!force) {
            asked.mustBeSpared();
        }
        try (Watched watched = watched(api.context().cluster())) {
            return drill(new Drill(outage(api), asked, watched, guard), watched);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new TomboloException(Fault.TIMED_OUT, "drill", "was interrupted", "begin it again", stopped);
        }
    }

    private ExitCode drill(Drill drill, Watched watched) throws InterruptedException {
        Baseline before = drill.baseline();
        output.say("Watching %s: %.1f a second, %s.", watched.said(), before.perSecond(), answered(before));
        output.say(
                "%s is down for %s: %s.",
                what.cluster, seconds(time), drill.outage().said());
        var timeline = new Timeline(what.cluster, before.look(), before.share(what.cluster));
        drill.outage(timeline, time);
        if (drill.isStopped()) {
            output.say("! Ended by the guard: %s.", drill.guard().said());
        }
        if (!drill.isUndone()) {
            output.say("! It could not be ended now; it ends by itself %s after it began.", seconds(time));
        }
        output.say("It is over. Looking for the return, for %s at most.", seconds(patience));
        drill.comeback(timeline, patience);
        show(new Report(timeline, before, drill.outage(), what.cluster), drill.isStopped());
        return drill.isStopped() ? ExitCode.FAILED : ExitCode.OK;
    }

    private void show(Report report, boolean stopped) {
        output.say("");
        output.print(
                output.forPeople() ? report.rows() : report.json(stopped),
                new Table("")
                        .column("WHAT", "/what")
                        .column("SECONDS", "/seconds")
                        .column("HOW", "/how"));
    }

    private String answered(Baseline before) {
        return before.tells()
                ? String.format(
                        Locale.ROOT, "%.0f %% of them answered by %s", 100 * before.share(what.cluster), what.cluster)
                : "unknown by whom they are answered";
    }

    private static String seconds(Duration time) {
        return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
    }

    private Watched watched(String cluster) {
        if (url.isPresent()) {
            String proxy = Objects.requireNonNullElse(System.getenv("http_proxy"), "");
            return new OwnCalls(url.get(), proxy, perSecond);
        }
        return new SidecarCalls(RunningSidecar.in(sidecar(cluster)), name());
    }

    /** In the demo there is one that calls. */
    private Path sidecar(String cluster) {
        return demo && stateDir.toString().isEmpty()
                ? demoHome().resolve(cluster).resolve("frontend")
                : stateDir;
    }

    /** As {@code name.namespace}; empty = all. */
    private String name() {
        return service.map(text -> ServiceName.parse(text, "default"))
                .map(name -> name.name() + "." + name.namespace())
                .orElse("");
    }

    private Outage outage(ApiClient api) {
        if (!demo) {
            return new OrderedOutage(api, what.cluster);
        }
        if (what.cluster.equals(api.context().cluster())) {
            throw new TomboloException(
                    Fault.DRILL_REFUSED,
                    "drill of " + what.cluster,
                    "would kill the cluster that is to look on",
                    "name another one, or leave out --demo");
        }
        return new DemoOutage(DemoDoor.of(demoHome()), what.cluster);
    }

    private Path demoHome() {
        return demoDir.toString().isEmpty() ? StateHome.of("demo") : demoDir;
    }
}
