package io.tombolo.terraform.resource;

import io.tombolo.terraform.cty.CtyValue;
import io.tombolo.terraform.schema.Problem;
import io.tombolo.terraform.schema.Schema;
import java.util.List;

/** Something that exists for one run of Terraform, and is in no state and no plan. */
public interface EphemeralResource {
    Schema schema();

    /** What is wrong with a configuration as a whole, without asking anybody; parts of it may be unknown. */
    default List<Problem> problems(CtyValue.Fields config) {
        return List.of();
    }

    /**
     * What was opened.
     * @param result all attributes
     * @param memory what {@link #close} has to know; not shown to anybody
     */
    record Opened(CtyValue.Fields result, byte[] memory) {}

    Opened open(CtyValue.Fields config);

    /** Ends what {@link #open} began. */
    void close(byte[] memory);
}
