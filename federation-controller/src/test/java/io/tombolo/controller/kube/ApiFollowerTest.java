package io.tombolo.controller.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ExceptionHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.lang.reflect.Proxy;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApiFollowerTest {
    private boolean watching = true;
    private boolean done = true;
    private @Nullable ExceptionHandler handler;
    private final ApiFollower follower = new ApiFollower("test", () -> done);

    /** One that has read all there was. */
    private SharedIndexInformer<?> informer() {
        return (SharedIndexInformer<?>) Proxy.newProxyInstance(
                ApiFollowerTest.class.getClassLoader(),
                new Class<?>[] {SharedIndexInformer.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "hasSynced" -> true;
                    case "isWatching" -> watching;
                    case "exceptionHandler" -> {
                        handler = (ExceptionHandler) arguments[0];
                        yield self;
                    }
                    default -> method.getReturnType().isInstance(self) ? self : null;
                });
    }

    @SuppressWarnings("unchecked")
    private void follows() {
        follower.follow((SharedIndexInformer<Service>) informer());
    }

    private static KubernetesClientException forbidden(String verb) {
        return new KubernetesClientException(
                "cannot " + verb + " resource \"services\" in API group \"\"",
                403,
                new StatusBuilder().withCode(403).build());
    }

    @AfterEach
    void end() {
        follower.close();
    }

    @Test
    void aWatchThatIsRefusedIsNamedUntilItIsThereAgainWhateverChangesAreMadeMeanwhile() {
        // Given something that was read, and may not be watched any more
        follows();
        watching = false;
        assertThat(Objects.requireNonNull(handler).retryAfterException(true, forbidden("watch")))
                .isTrue();
        // When all changes are made
        follower.look();
        // Then
        assertThat(follower.warnings()).singleElement().asString().contains("watch services of all namespaces");
        // When it is watched again
        watching = true;
        follower.look();
        // Then
        assertThat(follower.warnings()).isEmpty();
    }

    @Test
    void aChangeThatIsRefusedIsNamedUntilAllAreMade() {
        // Given
        follows();
        done = follower.did(() -> {
            throw forbidden("update");
        });
        // When
        follower.look();
        // Then
        assertThat(follower.warnings()).singleElement().asString().contains("update services");
        // When
        done = true;
        follower.look();
        // Then
        assertThat(follower.warnings()).isEmpty();
    }
}
