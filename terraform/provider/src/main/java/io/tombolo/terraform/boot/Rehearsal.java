package io.tombolo.terraform.boot;

import io.tombolo.terraform.mesh.Tombolo;
import io.tombolo.terraform.wire.RehearsedTerraform;
import java.util.List;
import java.util.Map;

/**
 * What the provider does in a command, once, while it is packed: its JVM learns from it, and starts faster ever after. Terraform and
 * a controller are played by this process, so that the provider's learns nothing of that: what it knows it loads at each start.
 */
public final class Rehearsal {
    private Rehearsal() {}

    /** @param arguments the command that starts the provider */
    public static void main(String[] arguments) throws Exception {
        try (var controller = new RehearsedController()) {
            RehearsedTerraform.run(new Tombolo(Map.of()), controller.settings(), List.of(arguments));
        }
        System.exit(0);
    }
}
