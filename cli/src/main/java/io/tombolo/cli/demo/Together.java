package io.tombolo.cli.demo;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Several steps at the same time. */
public final class Together {
    private Together() {}

    /** What each gave, in the order given, once all are done; the first failure is thrown as it was. */
    public static <T> List<T> all(List<Supplier<T>> work) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return work.stream().map(w -> CompletableFuture.supplyAsync(w, threads)).toList().stream()
                    .map(Together::outcome)
                    .toList();
        }
    }

    /** Waits. What it threw is thrown as it was: it says to the user what happened. */
    private static <T> T outcome(CompletableFuture<T> work) {
        try {
            return work.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException asItWas) {
                throw asItWas;
            }
            throw e;
        }
    }
}
