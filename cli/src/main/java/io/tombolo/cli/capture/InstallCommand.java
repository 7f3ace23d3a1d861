package io.tombolo.cli.capture;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tombolo.cli.output.Output;
import io.tombolo.cli.output.Table;
import io.tombolo.model.capture.CaptureRules;
import io.tombolo.model.capture.PortRange;
import io.tombolo.model.capture.Spared;
import io.tombolo.model.catalog.AddressRange;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code install}. */
@Command(
        name = "install",
        description = {
            "Have the kernel lead all new outgoing TCP connections of this machine, or of the network namespace in which this"
                    + " runs, to its sidecar. As root; again and again changes nothing.",
            "Everything is in one nftables table, `inet tombolo`. The sidecar runs with --transparent and in the group that is"
                    + " named here, applications do not.",
            "While no sidecar runs, connections are refused until `tombolo sidecar capture remove`."
        },
        footer = {
            "",
            "Examples:",
            "  tombolo sidecar capture install --group 4242 --print",
            "  tombolo sidecar capture install --group tombolo --exclude-port 22 --exclude-cidr 10.9.0.0/16"
        })
final class InstallCommand implements Runnable {
    @Option(
            names = "--group",
            paramLabel = "GROUP",
            description = "Primary group of the sidecar, a name or number: its connections stay as they are.")
    private List<String> groups = new ArrayList<>();

    @Option(
            names = "--cgroup",
            paramLabel = "PATH",
            description = "Control group (version 2) of the sidecar, as below /sys/fs/cgroup.")
    private List<String> cgroups = new ArrayList<>();

    @Option(
            names = "--port",
            defaultValue = "15002",
            description = "The sidecar's transparent port (default: ${DEFAULT-VALUE}).")
    private int port = CaptureRules.DEFAULT_PORT;

    @Option(
            names = "--exclude-port",
            paramLabel = "PORT[-PORT]",
            split = ",",
            description = "Destination ports that are left alone.")
    private List<String> ports = new ArrayList<>();

    @Option(
            names = "--exclude-cidr",
            paramLabel = "NETWORK",
            split = ",",
            description = "Destinations that are left alone, IPv4 or IPv6.")
    private List<String> networks = new ArrayList<>();

    @Option(names = "--print", description = "Print what nft would get, and change nothing.")
    private boolean print;

    @Mixin
    private Output output = new Output();

    @Override
    public void run() {
        CaptureRules rules = rules();
        if (!print) {
            Nft.require().run(rules.nft());
        }
        String said = print
                ? rules.nft().strip()
                : "New connections go to port " + port + " now; `tombolo sidecar capture remove` ends that.";
        output.print(
                JsonNodeFactory.instance
                        .objectNode()
                        .put("installed", !print)
                        .put("port", port)
                        .put("rules", rules.nft())
                        .put("said", said),
                new Table("").text("/said"));
    }

    private CaptureRules rules() {
        return new CaptureRules(
                Stream.<Spared>concat(
                                groups.stream().map(Groups::gid).map(Spared.Group::new),
                                cgroups.stream().map(Spared.ControlGroup::new))
                        .toList(),
                port,
                networks.stream().map(AddressRange::parse).toList(),
                ports.stream().map(PortRange::parse).toList());
    }
}
