package io.tombolo.controller.join;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Something that takes a while, in steps that a user watches. Safe on any thread. */
public final class Job {
    private static final Logger LOG = LoggerFactory.getLogger(Job.class);

    /** How the whole stands. */
    public enum State {
        RUNNING,
        DONE,
        FAILED,
        /** What was wanted is done; something named goes on in the background. */
        PARTIAL
    }

    /** How one step stands. */
    public enum StepState {
        RUNNING,
        DONE,
        FAILED,
        PENDING
    }

    /** One step, for showing. */
    public record Step(String name, StepState state, String detail, long elapsedMs) {}

    /** What a step ended with. */
    public record Outcome(StepState state, String detail) {
        public static Outcome done(String detail) {
            return new Outcome(StepState.DONE, detail);
        }

        public static Outcome pending(String detail) {
            return new Outcome(StepState.PENDING, detail);
        }
    }

    private final String id;
    private final List<Step> steps = new ArrayList<>();
    private State state = State.RUNNING;
    private Optional<TomboloException> error = Optional.empty();

    Job(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }

    /** Runs one step. A step that throws ends the job. */
    void step(String name, Callable<Outcome> work) {
        long start = System.nanoTime();
        int index = begin(name);
        try {
            Outcome outcome = work.call();
            end(index, new Step(name, outcome.state(), outcome.detail(), elapsed(start)));
        } catch (Exception failed) {
            end(index, new Step(name, StepState.FAILED, String.valueOf(failed.getMessage()), elapsed(start)));
            throw known(failed);
        }
    }

    /** Runs the whole on the thread of the caller. */
    void run(Runnable work) {
        try {
            work.run();
            finish();
        } catch (RuntimeException failed) {
            fail(known(failed));
        }
    }

    public synchronized State state() {
        return state;
    }

    public synchronized List<Step> steps() {
        return List.copyOf(steps);
    }

    public synchronized Optional<TomboloException> error() {
        return error;
    }

    private synchronized int begin(String name) {
        steps.add(new Step(name, StepState.RUNNING, "", 0));
        return steps.size() - 1;
    }

    private synchronized void end(int index, Step step) {
        steps.set(index, step);
    }

    private synchronized void finish() {
        boolean pending = steps.stream().anyMatch(step -> step.state() == StepState.PENDING);
        state = pending ? State.PARTIAL : State.DONE;
    }

    private synchronized void fail(TomboloException failed) {
        error = Optional.of(failed);
        state = State.FAILED;
    }

    private static long elapsed(long startNanos) {
        return (System.nanoTime() - startNanos) / 1_000_000;
    }

    private static TomboloException known(Exception failed) {
        if (failed instanceof TomboloException known) {
            return known;
        }
        LOG.error("job failed", failed);
        return new TomboloException(
                Fault.INTERNAL, "job", failed.toString(), "see the controller's log and report it", failed);
    }
}
