package io.tombolo.terraform.boot;

import io.tombolo.terraform.mesh.Tombolo;
import io.tombolo.terraform.wire.RehearsedTerraform;
import java.util.Map;

/** What the provider does in a command, once, while it is packed: the JVM learns from it, and starts faster ever after. */
public final class Rehearsal {
    private Rehearsal() {}

    public static void main(String[] arguments) throws Exception {
        RehearsedTerraform.run(new Tombolo(Map.of()));
        System.exit(0);
    }
}
