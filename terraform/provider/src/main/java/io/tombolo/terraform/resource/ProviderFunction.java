package io.tombolo.terraform.resource;

import io.tombolo.terraform.cty.CtyType;
import io.tombolo.terraform.cty.CtyValue;
import io.tombolo.terraform.schema.Check;
import java.util.List;
import java.util.function.Function;

/**
 * A function that users call as {@code provider::tombolo::name(…)}; it asks nobody.
 * @param summary     in a few words
 * @param description Markdown
 * @param logic       the result for arguments that are known and fit the checks
 */
public record ProviderFunction(
        String name,
        String summary,
        String description,
        List<Parameter> parameters,
        CtyType result,
        Function<List<CtyValue>, CtyValue> logic) {
    /** One argument, never null. */
    public record Parameter(String name, CtyType type, String description, List<Check> checks) {
        public Parameter {
            checks = List.copyOf(checks);
        }
    }

    public ProviderFunction {
        parameters = List.copyOf(parameters);
    }

    /** An argument does not fit. */
    public static final class BadArgument extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int argument;

        /** @param argument from 0 */
        public BadArgument(int argument, String what) {
            super(what);
            this.argument = argument;
        }

        /** From 0. */
        public int argument() {
            return argument;
        }
    }

    /**
     * Calls it.
     * @throws BadArgument for the first argument that does not fit
     */
    public CtyValue call(List<CtyValue> arguments) {
        for (int i = 0; i < parameters.size(); i++) {
            int index = i;
            parameters.get(i).checks().stream()
                    .flatMap(check -> check.problem(arguments.get(index)).stream())
                    .findFirst()
                    .ifPresent(what -> {
                        throw new BadArgument(index, parameters.get(index).name() + " " + what + ".");
                    });
        }
        return logic.apply(arguments);
    }
}
