package io.tombolo.terraform.wire;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ends a provider whose Terraform was killed, which nobody else would. Looks each second. */
final class ParentWatch {
    private ParentWatch() {}

    static void begin(CountDownLatch ended) {
        Optional<Long> parent = parent();
        if (parent.isEmpty()) {
            return;
        }
        Thread.ofPlatform().daemon().name("parent").start(() -> {
            try {
                while (!ended.await(1, TimeUnit.SECONDS)) {
                    if (!parent.equals(parent())) {
                        ended.countDown();
                    }
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static Optional<Long> parent() {
        return ProcessHandle.current().parent().map(ProcessHandle::pid);
    }
}
