package io.tombolo.terraform.mesh;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tombolo.terraform.cty.CtyValue;
import io.tombolo.terraform.schema.Attribute;
import io.tombolo.terraform.schema.Problem;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * One kind of resource that the controller keeps.
 * @param apiVersion as in YAML
 * @param name       as in YAML
 * @param title      what users call it, as in {@code service export}
 * @param spec       its attributes, named as the spec's fields
 * @param problems   what is wrong with several of them together
 * @param published  whether other members get it, so that there is something to wait for
 * @param toApi      what the spec's form differs in from that of its attributes
 * @param fromApi    and back
 */
record Kind(
        String apiVersion,
        String name,
        String title,
        String description,
        List<Attribute> spec,
        Function<CtyValue.Fields, List<Problem>> problems,
        boolean published,
        UnaryOperator<ObjectNode> toApi,
        UnaryOperator<ObjectNode> fromApi) {
    Kind {
        spec = List.copyOf(spec);
    }

    /** One whose spec and attributes have the same form. */
    static Kind of(String apiVersion, String name, String title, String description, Attribute... spec) {
        return new Kind(
                apiVersion,
                name,
                title,
                description,
                List.of(spec),
                _ -> List.of(),
                false,
                UnaryOperator.identity(),
                UnaryOperator.identity());
    }

    /** The same with something to check. */
    Kind checking(Function<CtyValue.Fields, List<Problem>> check) {
        return new Kind(apiVersion, name, title, description, spec, check, published, toApi, fromApi);
    }

    /** The same with another form at the API. */
    Kind as(UnaryOperator<ObjectNode> to, UnaryOperator<ObjectNode> from) {
        return new Kind(apiVersion, name, title, description, spec, problems, published, to, from);
    }

    /** The same, which other members get. */
    Kind forOthers() {
        return new Kind(apiVersion, name, title, description, spec, problems, true, toApi, fromApi);
    }
}
