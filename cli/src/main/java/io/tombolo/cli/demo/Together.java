package io.tombolo.cli.demo;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Several steps at the same time. */
public final class Together {
    private Together() {}

    /** What each gave, in the order given, once all are done; the first failure is thrown. */
    public static <T> List<T> all(List<Supplier<T>> work) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return work.stream().map(w -> CompletableFuture.supplyAsync(w, threads)).toList().stream()
                    .map(CompletableFuture::join)
                    .toList();
        }
    }
}
