package io.tombolo.cli.federation;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.output.ExitCode;
import io.tombolo.cli.output.Output;
import io.tombolo.cli.output.Table;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Follows something that the controller does in steps, and shows each step with a tick as it happens. */
public final class Job {
    private static final Duration POLL = Duration.ofMillis(100);

    private final ApiClient api;
    private final Output output;
    private final Duration patience;
    private final Set<String> shown = new HashSet<>();
    private Runnable whenFailed = () -> {};

    public Job(ApiClient api, Output output, Duration patience) {
        this.api = api;
        this.output = output;
        this.patience = patience;
    }

    /** What to do when the controller says that it failed; not when it cannot be heard any more. */
    Job ifFailed(Runnable then) {
        whenFailed = then;
        return this;
    }

    /**
     * Waits for the end.
     * @return OK, or PENDING when the rest goes on in the background
     * @throws TomboloException what the job failed with
     */
    public ExitCode follow(JsonNode started) {
        String id = started.path("id").asText();
        long deadline = System.nanoTime() + patience.toNanos();
        JsonNode job = started;
        while (true) {
            show(job);
            switch (job.path("state").asText()) {
                case "DONE" -> {
                    printForScripts(job);
                    return ExitCode.OK;
                }
                case "PARTIAL" -> {
                    printForScripts(job);
                    return ExitCode.PENDING;
                }
                case "FAILED" -> {
                    whenFailed.run();
                    printForScripts(job);
                    throw failure(job.path("error"));
                }
                default -> awaitNext(id, deadline);
            }
            job = api.get("/jobs/" + id);
        }
    }

    /** People saw the steps already. */
    private void printForScripts(JsonNode job) {
        if (!output.forPeople()) {
            output.print(job, new Table(""));
        }
    }

    private void show(JsonNode job) {
        for (JsonNode step : job.path("steps")) {
            String state = step.path("state").asText();
            if (!state.equals("RUNNING") && shown.add(step.path("name").asText() + state)) {
                output.say(
                        "%s %-46s %6d ms  %s",
                        mark(state),
                        step.path("name").asText(),
                        step.path("elapsedMs").asLong(),
                        step.path("detail").asText(""));
            }
        }
    }

    private static String mark(String state) {
        return switch (state) {
            case "DONE" -> "\u2713";
            case "PENDING" -> "\u2026";
            default -> "\u2717";
        };
    }

    private void awaitNext(String id, long deadline) {
        if (System.nanoTime() > deadline) {
            throw new TomboloException(
                    Fault.TIMED_OUT,
                    "job " + id,
                    "is still running after " + patience.toSeconds() + " s",
                    "it goes on; look again with `tombolo status`");
        }
        try {
            TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TomboloException(
                    Fault.TIMED_OUT, "job " + id, "was interrupted", "it goes on in the controller", e);
        }
    }

    private static TomboloException failure(JsonNode error) {
        Fault fault = Arrays.stream(Fault.values())
                .filter(f -> f.code().equals(error.path("code").asText()))
                .findFirst()
                .orElse(Fault.INTERNAL);
        return new TomboloException(
                fault,
                error.path("where").asText(),
                error.path("what").asText(),
                error.path("fix").asText());
    }
}
