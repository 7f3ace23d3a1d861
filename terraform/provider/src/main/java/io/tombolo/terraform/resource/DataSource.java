package io.tombolo.terraform.resource;

import io.tombolo.terraform.cty.CtyValue;
import io.tombolo.terraform.schema.Problem;
import io.tombolo.terraform.schema.Schema;
import java.util.List;

/** Something that Terraform only reads. */
public interface DataSource {
    Schema schema();

    /** What is wrong with a configuration as a whole, without asking anybody; parts of it may be unknown. */
    default List<Problem> problems(CtyValue.Fields config) {
        return List.of();
    }

    /** All attributes; the configuration is wholly known. */
    CtyValue.Fields read(CtyValue.Fields config);
}
