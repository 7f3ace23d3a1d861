package io.tombolo.terraform.resource;

import io.tombolo.terraform.cty.CtyValue;
import io.tombolo.terraform.schema.Attribute;
import io.tombolo.terraform.schema.Problem;
import io.tombolo.terraform.schema.ValuePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What Terraform asks for, of one managed resource; keeps its rules whatever the resource answers. */
public final class Lifecycle {
    private final ManagedResource resource;

    public Lifecycle(ManagedResource resource) {
        this.resource = resource;
    }

    /**
     * An object as it will be, or is.
     * @param state    empty = there is none
     * @param replaces attributes whose change needs another object
     */
    public record Result(Optional<CtyValue.Fields> state, List<ValuePath> replaces, List<Problem> problems) {
        static Result of(Optional<CtyValue.Fields> state) {
            return new Result(state, List.of(), List.of());
        }
    }

    /** What is wrong with a configuration, without asking anybody. */
    public List<Problem> validate(CtyValue.Fields config) {
        var found = new ArrayList<>(resource.schema().problems(config));
        found.addAll(resource.problems(config));
        return found;
    }

    /** @param config empty = it is to be taken away */
    public Result plan(Optional<CtyValue.Fields> prior, Optional<CtyValue.Fields> config) {
        if (config.isEmpty()) {
            return Result.of(Optional.empty());
        }
        Planning.Plan plan = Planning.of(resource.schema(), prior, config.get());
        List<Problem> problems = plan.isChange() ? resource.problems(prior, plan.planned()) : List.of();
        return new Result(Optional.of(plan.planned()), plan.replaces(), problems);
    }

    /**
     * Makes, changes or takes away; what fails leaves the state of what is there.
     * @param planned empty = it is to be taken away
     */
    public Result apply(
            Optional<CtyValue.Fields> prior, Optional<CtyValue.Fields> planned, Optional<CtyValue.Fields> config) {
        try {
            if (planned.isEmpty()) {
                prior.ifPresent(resource::delete);
                return Result.of(Optional.empty());
            }
            CtyValue.Fields wanted = planned.get();
            CtyValue.Fields whole = config.orElse(wanted);
            CtyValue.Fields actual =
                    prior.isPresent() ? resource.update(prior.get(), wanted, whole) : resource.create(wanted, whole);
            CtyValue.Fields state = completed(wanted, actual);
            return new Result(Optional.of(state), List.of(), resource.warnings(state));
        } catch (Failed failed) {
            Optional<CtyValue.Fields> left = failed.made().map(made -> completed(planned.orElse(made), made));
            return new Result(left.or(() -> prior), List.of(), failed.problems());
        }
    }

    /** As it is now. */
    public Result read(CtyValue.Fields state) {
        return Result.of(resource.read(state)
                .map(actual -> Merging.read(resource.schema().attributes(), state, actual)));
    }

    private CtyValue.Fields completed(CtyValue.Fields planned, CtyValue.Fields actual) {
        CtyValue.Fields whole = (CtyValue.Fields) Merging.completed(planned, actual);
        for (Attribute attribute : resource.schema().attributes()) {
            if (attribute.is(Attribute.Trait.WRITE_ONLY)) {
                whole = whole.with(attribute.name(), CtyValue.NULL);
            }
        }
        return whole;
    }
}
