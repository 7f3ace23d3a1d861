package io.tombolo.terraform.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tombolo.terraform.cty.CtyValue;
import io.tombolo.terraform.cty.StateJson;
import io.tombolo.terraform.schema.Problem;
import io.tombolo.terraform.schema.Schema;
import java.util.List;
import java.util.Optional;

/** One kind of object that Terraform makes, changes and takes away. */
public interface ManagedResource {
    Schema schema();

    /** What is wrong with a configuration as a whole, without asking anybody; parts of it may be unknown. */
    default List<Problem> problems(CtyValue.Fields config) {
        return List.of();
    }

    /**
     * What is known of a plan that changes something, by asking; parts of it may be unknown.
     * @param prior empty = it is to be made
     */
    default List<Problem> problems(Optional<CtyValue.Fields> prior, CtyValue.Fields planned) {
        return List.of();
    }

    /**
     * Makes it.
     * @param config with what is only to be written
     * @return all attributes, for those that the plan left unknown
     * @throws Failed with what was made, if something was
     */
    CtyValue.Fields create(CtyValue.Fields planned, CtyValue.Fields config);

    /** What should be known of it, now that it is made or changed, and is no failure. */
    default List<Problem> warnings(CtyValue.Fields applied) {
        return List.of();
    }

    /** As it is now, all attributes; empty if it is gone. */
    Optional<CtyValue.Fields> read(CtyValue.Fields state);

    /** Changes it; as {@link #create}. */
    CtyValue.Fields update(CtyValue.Fields prior, CtyValue.Fields planned, CtyValue.Fields config);

    /** Takes it away; that it is gone already is no failure. */
    void delete(CtyValue.Fields prior);

    /**
     * What is needed to read the object with this id; all else null.
     * @throws Failed if there cannot be such an id
     */
    CtyValue.Fields imported(String id);

    /** What a state file of an older version says, in this one's form. */
    default CtyValue upgraded(long version, ObjectNode state) {
        return StateJson.read(schema().type(), state);
    }
}
