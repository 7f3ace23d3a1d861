package io.tombolo.cli.failover;

import io.tombolo.cli.drill.DrillCommand;
import picocli.CommandLine.Command;

/** {@code tombolo failover}. */
@Command(
        name = "failover",
        description = "How this cluster's calls are divided over clusters.",
        subcommands = {StatusCommand.class, HistoryCommand.class, SimulateCommand.class, DrillCommand.class},
        footer = {"", "Examples:", "  tombolo failover status checkout.shop", "  tombolo failover simulate --down west"
        })
public final class FailoverCommand {}
