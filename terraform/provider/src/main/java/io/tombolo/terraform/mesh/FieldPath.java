package io.tombolo.terraform.mesh;

import io.tombolo.terraform.schema.Schema;
import io.tombolo.terraform.schema.ValuePath;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The attribute that a field of the API is, from where the API says that something is wrong. */
final class FieldPath {
    private static final String SPEC = ".spec.";
    private static final Pattern STEP = Pattern.compile("([A-Za-z]+)|\\[([0-9]{1,6})]");

    private FieldPath() {}

    /**
     * Reads such as {@code document 1 (FailoverPolicy shop/checkout).spec.tiers[1].clusters}.
     * @return the root if it is about none of the attributes
     */
    static ValuePath of(String where, Schema schema) {
        int spec = where.indexOf(SPEC);
        if (spec < 0) {
            return where.contains(".metadata") ? ValuePath.ROOT.name("name") : ValuePath.ROOT;
        }
        ValuePath path = ValuePath.ROOT;
        Matcher step = STEP.matcher(where);
        int at = spec + SPEC.length();
        while (step.find(at) && step.start() <= at + 1) {
            path = step.group(1) != null
                    ? path.name(SpecJson.snakeCase(step.group(1)))
                    : path.index(Integer.parseInt(step.group(2)));
            at = step.end();
        }
        boolean known = !path.steps().isEmpty()
                && path.steps().getFirst() instanceof ValuePath.Step.Name(String first)
                && schema.attribute(first).isPresent();
        return known ? path : ValuePath.ROOT;
    }
}
