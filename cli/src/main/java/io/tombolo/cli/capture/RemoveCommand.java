package io.tombolo.cli.capture;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tombolo.cli.output.Output;
import io.tombolo.cli.output.Table;
import io.tombolo.model.capture.CaptureRules;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code remove}. */
@Command(
        name = "remove",
        description = {
            "Take out what `tombolo sidecar capture install` put in, and nothing else. As root; also where there is nothing.",
            "Connections that were led to the sidecar stay until they end."
        },
        footer = {"", "Example:", "  tombolo sidecar capture remove"})
final class RemoveCommand implements Runnable {
    @Mixin
    private Output output = new Output();

    @Override
    public void run() {
        Nft nft = Nft.require();
        boolean there = nft.table().isPresent();
        nft.run(CaptureRules.removal());
        output.print(
                JsonNodeFactory.instance
                        .objectNode()
                        .put("removed", there)
                        .put("said", there ? "New connections go where they lead again." : "There were no rules."),
                new Table("").text("/said"));
    }
}
