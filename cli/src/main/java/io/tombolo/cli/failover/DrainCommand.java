package io.tombolo.cli.failover;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.api.ApiCommand;
import io.tombolo.cli.output.ExitCode;
import io.tombolo.cli.output.Table;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tombolo drain}. */
@Command(
        name = "drain",
        description =
                "Let an instance, a gateway or a service of this cluster get nothing new. What is in work ends by itself.",
        footer = {
            "",
            "Examples:",
            "  tombolo drain --service checkout.shop",
            "  tombolo drain --service checkout.shop --undo",
            "  tombolo drain --list"
        })
public final class DrainCommand extends ApiCommand {
    @Option(names = "--instance", defaultValue = "", paramLabel = "ID", description = "A sidecar's instance.")
    private String instance = "";

    @Option(names = "--gateway", defaultValue = "", paramLabel = "ID", description = "A gateway's instance.")
    private String gateway = "";

    @Option(
            names = "--service",
            defaultValue = "",
            paramLabel = "SERVICE",
            description = "Name, or name.namespace: all of its instances here.")
    private String service = "";

    @Option(names = "--undo", description = "Let it get something again.")
    private boolean undo;

    @Option(names = "--list", description = "Show what is drained.")
    private boolean list;

    @Override
    protected ExitCode run(ApiClient api) {
        long said = Stream.of(instance, gateway, service)
                        .filter(text -> !text.isEmpty())
                        .count()
                + (list ? 1 : 0);
        if (said != 1) {
            throw new TomboloException(
                    Fault.BAD_RESOURCE,
                    "tombolo drain",
                    "names not exactly one thing",
                    "write --instance, --gateway, --service or --list");
        }
        var table = new Table("").column("DRAINED INSTANCES", "/instances").column("DRAINED SERVICES", "/services");
        output.print(list ? api.get("/drains") : api.post("/drains", wish()), table);
        return ExitCode.OK;
    }

    private ObjectNode wish() {
        ObjectNode wish = ApiClient.body().put("undo", undo);
        return service.isEmpty()
                ? wish.put("instance", instance.isEmpty() ? gateway : instance)
                : wish.put("service", service);
    }
}
