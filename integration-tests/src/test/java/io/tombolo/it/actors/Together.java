package io.tombolo.it.actors;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/** What several people do at the same time, each in a cluster of its own. */
public final class Together {
    private Together() {}

    /** Returns when all are done; the first failure is thrown. */
    public static void all(Runnable... work) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Void>> begun = List.of(work).stream()
                    .map(one -> CompletableFuture.runAsync(one, threads))
                    .toList();
            begun.forEach(CompletableFuture::join);
        }
    }
}
