package io.tombolo.terraform.wire;

import io.tombolo.terraform.resource.Provider;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * The provider, made once by whoever needs it first: after the handshake was shown, while Terraform makes its connection, for nobody
 * can ask it before. Safe on all threads; others wait meanwhile.
 */
final class LateProvider implements Supplier<Provider> {
    private final FutureTask<Provider> made;

    LateProvider(Supplier<Provider> maker) {
        this.made = new FutureTask<>(maker::get);
    }

    @Override
    public Provider get() {
        made.run();
        try {
            return made.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("ended before the provider was made", e);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("the provider cannot be made", failed.getCause());
        }
    }

    /** Ends what it has begun; nothing if it was never made. */
    void stop() {
        if (made.state() == Future.State.SUCCESS) {
            made.resultNow().stop();
        }
    }
}
