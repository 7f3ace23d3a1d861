package io.tombolo.terraform.mesh;

import io.tombolo.terraform.resource.Failed;
import io.tombolo.terraform.schema.Problem;
import io.tombolo.terraform.schema.ValuePath;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** The cluster that the provider is configured for, once it is. */
final class Cluster {
    private final AtomicReference<Optional<Api>> api = new AtomicReference<>(Optional.empty());
    private final AtomicReference<Optional<String>> name = new AtomicReference<>(Optional.empty());
    private final CountDownLatch stopped = new CountDownLatch(1);

    void connect(Optional<Connection> connection) {
        api.set(connection.map(Api::new));
        name.set(Optional.empty());
    }

    /** Empty while the provider's configuration is not known yet. */
    Optional<Api> whenKnown() {
        return api.get();
    }

    /** @throws Failed while the provider is not configured */
    Api api() {
        return whenKnown()
                .orElseThrow(() -> new Failed(
                        ValuePath.ROOT,
                        "The provider is not configured",
                        "This needs the API of a cluster, and the provider's configuration is not known yet. If it "
                                + "depends on another resource, apply that one first, with -target."));
    }

    /** Of the cluster whose API this is. */
    String name() {
        Optional<String> known = name.get();
        if (known.isPresent()) {
            return known.get();
        }
        try {
            String asked = api().get("/version").path("cluster").asText();
            name.set(Optional.of(asked));
            return asked;
        } catch (ApiProblem problem) {
            throw failed("The cluster's name could not be read", ValuePath.ROOT, problem);
        }
    }

    void stop() {
        stopped.countDown();
    }

    /** Waits so long, or until the user wants to stop. @return whether to go on */
    boolean pause(long millis) {
        try {
            return !stopped.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What the API said, as a problem of what was tried. */
    static Failed failed(String summary, ValuePath path, ApiProblem problem) {
        String headline = problem.isUnreachable() ? "The API cannot be reached" : summary;
        return new Failed(List.of(Problem.error(path, headline, problem.detail())), Optional.empty());
    }
}
