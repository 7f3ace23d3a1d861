package io.tombolo.controller.join;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The last jobs. One runs at a time: two joins at once would not know of each other. */
public final class Jobs {
    /** Jobs that are remembered. */
    static final int REMEMBERED = 50;

    private final Map<String, Job> jobs = new LinkedHashMap<>();
    private int count;

    /** Starts one. @throws TomboloException CONFLICT while another one runs */
    synchronized Job start(Consumer<Job> work) {
        boolean busy = jobs.values().stream().anyMatch(job -> job.state() == Job.State.RUNNING);
        if (busy) {
            throw new TomboloException(Fault.CONFLICT, "job", "another one runs", "wait for it; see `tombolo status`");
        }
        if (jobs.size() >= REMEMBERED) {
            jobs.remove(jobs.keySet().iterator().next());
        }
        var job = new Job("job-" + ++count);
        jobs.put(job.id(), job);
        Thread.ofVirtual().name(job.id()).start(() -> job.run(() -> work.accept(job)));
        return job;
    }

    /** The newest. */
    public synchronized Optional<Job> last() {
        return Optional.ofNullable(jobs.get("job-" + count));
    }

    public synchronized Job find(String id) {
        Job job = jobs.get(id);
        if (job == null) {
            throw new TomboloException(
                    Fault.NOT_FOUND, "job " + id, "is not known", "jobs are forgotten when the controller restarts");
        }
        return job;
    }
}
