package io.tombolo.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.output.ExitCode;
import io.tombolo.cli.output.Output;
import io.tombolo.cli.output.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tombolo version}. */
@Command(
        name = "version",
        description = "The version of this command and of its Java.",
        footer = {"", "Example:", "  tombolo version -o json"})
public final class VersionCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        ObjectNode version = ApiClient.body()
                .put("version", Version.number())
                .put("java", Runtime.version().toString());
        output.print(version, new Table("").column("TOMBOLO", "/version").column("JAVA", "/java"));
        return ExitCode.OK.number();
    }
}
