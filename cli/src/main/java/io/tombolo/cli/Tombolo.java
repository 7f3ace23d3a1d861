package io.tombolo.cli;

import io.tombolo.cli.capture.CaptureCommand;
import io.tombolo.cli.check.CheckCommand;
import io.tombolo.cli.context.ContextCommand;
import io.tombolo.cli.demo.DemoCommand;
import io.tombolo.cli.demo.RehearseCommand;
import io.tombolo.cli.failover.DrainCommand;
import io.tombolo.cli.failover.EvacuateCommand;
import io.tombolo.cli.failover.FailoverCommand;
import io.tombolo.cli.federation.ClustersCommand;
import io.tombolo.cli.federation.EvictCommand;
import io.tombolo.cli.federation.InitCommand;
import io.tombolo.cli.federation.JoinCommand;
import io.tombolo.cli.federation.KeysCommand;
import io.tombolo.cli.federation.LeaveCommand;
import io.tombolo.cli.federation.StatusCommand;
import io.tombolo.cli.federation.TokenCommand;
import io.tombolo.cli.kubernetes.InjectCommand;
import io.tombolo.cli.output.ExitCode;
import io.tombolo.cli.output.Visible;
import io.tombolo.cli.program.ControllerCommand;
import io.tombolo.cli.program.GatewayCommand;
import io.tombolo.cli.program.KafkaCommand;
import io.tombolo.cli.program.SidecarCommand;
import io.tombolo.cli.program.WorkloadCommand;
import io.tombolo.cli.service.ApplyCommand;
import io.tombolo.cli.service.DeleteCommand;
import io.tombolo.cli.service.DiffCommand;
import io.tombolo.cli.service.ExplainCommand;
import io.tombolo.cli.service.ExportCommand;
import io.tombolo.cli.service.GetCommand;
import io.tombolo.cli.service.ServicesCommand;
import io.tombolo.cli.service.UnexportCommand;
import io.tombolo.cli.traffic.TapCommand;
import io.tombolo.cli.traffic.TopCommand;
import io.tombolo.model.fault.TomboloException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Objects;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ScopeType;

/** The {@code tombolo} command: parses, runs, and turns faults into text and exit codes. */
@Command(
        name = "tombolo",
        description = {"Links clusters into one service mesh.", ""},
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class,
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%n",
        subcommands = {
            DemoCommand.class,
            RehearseCommand.class,
            KafkaCommand.class,
            ControllerCommand.class,
            GatewayCommand.class,
            SidecarCommand.class,
            WorkloadCommand.class,
            InitCommand.class,
            TokenCommand.class,
            JoinCommand.class,
            LeaveCommand.class,
            EvictCommand.class,
            KeysCommand.class,
            ExportCommand.class,
            UnexportCommand.class,
            ApplyCommand.class,
            DiffCommand.class,
            GetCommand.class,
            DeleteCommand.class,
            ServicesCommand.class,
            ClustersCommand.class,
            StatusCommand.class,
            CheckCommand.class,
            ExplainCommand.class,
            FailoverCommand.class,
            EvacuateCommand.class,
            DrainCommand.class,
            TapCommand.class,
            TopCommand.class,
            InjectCommand.class,
            ContextCommand.class,
            VersionCommand.class,
            AutoComplete.GenerateCompletion.class,
            HelpCommand.class
        },
        footer = {"", "Start with `tombolo demo`: three clusters on this machine, linked and failing over."})
public final class Tombolo {
    private Tombolo() {}

    /** Runs one command and exits with its code. */
    public static void main(String[] arguments) {
        System.setOut(new PrintStream(System.out, true, java.nio.charset.StandardCharsets.UTF_8));
        System.setErr(new PrintStream(System.err, true, java.nio.charset.StandardCharsets.UTF_8));
        System.exit(commandLine().execute(arguments));
    }

    /** The parser with all commands; for tests and documentation too. */
    public static CommandLine commandLine() {
        var all = new CommandLine(new Tombolo());
        Objects.requireNonNull(all.getSubcommands().get("sidecar")).addSubcommand(new CaptureCommand());
        return all.registerConverter(Duration.class, DurationText::parse)
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler(Tombolo::report);
    }

    private static int report(Exception failure, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (failure instanceof TomboloException told) {
            command.getErr().println(Visible.lines(String.valueOf(told.getMessage())));
            return ExitCode.of(told.fault()).number();
        }
        throw failure;
    }
}
