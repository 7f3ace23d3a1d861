package io.tombolo.terraform.resource;

import io.tombolo.terraform.cty.CtyValue;
import io.tombolo.terraform.schema.Problem;
import io.tombolo.terraform.schema.ValuePath;
import java.util.List;
import java.util.Optional;

/** Something could not be done, and what there is all the same. */
public final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;
    private final transient Optional<CtyValue.Fields> made;

    /** @param made what is there now and has to be in the state; empty = what was there before */
    public Failed(List<Problem> problems, Optional<CtyValue.Fields> made) {
        super(problems.toString());
        this.problems = List.copyOf(problems);
        this.made = made;
    }

    /** With one problem, and nothing changed. */
    public Failed(ValuePath path, String summary, String detail) {
        this(List.of(Problem.error(path, summary, detail)), Optional.empty());
    }

    public List<Problem> problems() {
        return problems;
    }

    public Optional<CtyValue.Fields> made() {
        return made;
    }

    /** The same, after this was made. */
    public Failed after(CtyValue.Fields state) {
        return new Failed(problems, Optional.of(state));
    }
}
