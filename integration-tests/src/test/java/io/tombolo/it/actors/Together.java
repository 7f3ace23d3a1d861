package io.tombolo.it.actors;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** What several people do at the same time, each in a cluster of its own. */
public final class Together {
    private Together() {}

    /** What each made, in the order given, when all are done; the first failure is thrown. */
    public static <T> List<T> make(List<Supplier<T>> work) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return work.stream().map(one -> CompletableFuture.supplyAsync(one, threads)).toList().stream()
                    .map(CompletableFuture::join)
                    .toList();
        }
    }

    /** Returns when all are done; the first failure is thrown. */
    public static void run(Runnable... work) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List.of(work).stream()
                    .map(one -> CompletableFuture.runAsync(one, threads))
                    .toList()
                    .forEach(CompletableFuture::join);
        }
    }
}
