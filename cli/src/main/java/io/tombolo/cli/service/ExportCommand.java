package io.tombolo.cli.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.api.ApiCommand;
import io.tombolo.cli.output.ExitCode;
import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ServiceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tombolo export}. */
@Command(
        name = "export",
        description = "Make a service of this cluster available to the federation.",
        footer = {
            "",
            "Examples:",
            "  tombolo export checkout -n shop",
            "  tombolo export checkout.shop --port 80 --app-protocol http --to west --to south",
            "  tombolo export checkout.shop --capacity 200 --grant west=60"
        })
public final class ExportCommand extends ApiCommand {
    @Parameters(paramLabel = "SERVICE", description = "Name, or name.namespace.")
    private String service = "";

    @Option(
            names = {"-n", "--namespace"},
            defaultValue = "default",
            description = "Namespace (default: ${DEFAULT-VALUE}).")
    private String namespace = "default";

    @Option(names = "--port", description = "A port to export; default: those that its sidecars offer.")
    private List<Integer> ports = new ArrayList<>();

    @Option(
            names = "--app-protocol",
            defaultValue = "http",
            description = "What is spoken on --port: tcp, http, h2c or grpc (default: ${DEFAULT-VALUE}).")
    private String appProtocol = "http";

    @Option(
            names = "--to",
            paramLabel = "CLUSTER",
            description = "Only workloads of these clusters; default: of any member.")
    private List<String> consumers = new ArrayList<>();

    @Option(
            names = "--server-account",
            paramLabel = "ACCOUNT",
            description = "Accounts that may answer for it; default: the one named like the service.")
    private List<String> serverAccounts = new ArrayList<>();

    @Option(
            names = "--capacity",
            paramLabel = "PER-INSTANCE",
            description = "Requests per second that one ready instance takes; default: not said.")
    private Optional<Integer> capacity = Optional.empty();

    @Option(
            names = "--grant",
            paramLabel = "CLUSTER=PERCENT",
            description = "How much of the capacity a cluster may plan with; those not named share the rest equally.")
    private Map<String, Integer> grants = new TreeMap<>();

    @Option(
            names = "--mode",
            defaultValue = "passthrough",
            description = "passthrough or terminate (default: ${DEFAULT-VALUE}).")
    private String mode = "passthrough";

    @Override
    protected ExitCode run(ApiClient api) {
        JsonNode results = api.post("/resources", resource(ServiceName.parse(service, namespace)));
        output.print(results, Resources.RESULTS);
        return ExitCode.OK;
    }

    private ObjectNode resource(ServiceName name) {
        ObjectNode resource = Resources.empty("ServiceExport", name);
        ObjectNode spec = resource.putObject("spec").put("mode", mode);
        if (!ports.isEmpty()) {
            var list = spec.putArray("ports");
            String protocol = AppProtocol.parse(appProtocol).text();
            ports.forEach(port -> list.addObject().put("port", port).put("appProtocol", protocol));
        }
        if (!consumers.isEmpty()) {
            var list = spec.putArray("consumers");
            consumers.forEach(cluster -> list.addObject().put("cluster", cluster));
        }
        if (!serverAccounts.isEmpty()) {
            serverAccounts.forEach(spec.putArray("serverAccounts")::add);
        }
        addCapacity(spec, name);
        return resource;
    }

    private void addCapacity(ObjectNode spec, ServiceName name) {
        if (capacity.isEmpty() && !grants.isEmpty()) {
            throw new TomboloException(
                    Fault.BAD_RESOURCE,
                    "export of " + name + ": --grant",
                    "says who may plan with how much of a capacity that is not said",
                    "write --capacity too");
        }
        capacity.ifPresent(perInstance -> {
            ObjectNode said = spec.putObject("capacity").put("perInstance", perInstance);
            if (!grants.isEmpty()) {
                var list = said.putArray("grants");
                grants.forEach((cluster, percent) ->
                        list.addObject().put("cluster", cluster).put("percent", percent));
            }
        });
    }
}
