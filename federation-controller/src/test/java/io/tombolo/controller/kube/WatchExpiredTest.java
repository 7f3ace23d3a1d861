package io.tombolo.controller.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WatchExpiredTest {
    @Test
    @Timeout(30)
    void aWatchThatIsTooOldIsBegunAnewWithAllThatIsThereNow() throws Exception {
        // Given an API server that does not know any more what changed since it was listed
        try (var api = new ForgetfulApi(List.of("checkout", "old"), List.of("checkout", "new"));
                KubernetesClient client = api.client()) {
            var seen = new AtomicReference<Set<String>>(Set.of());
            var informer = new AtomicReference<SharedIndexInformer<Service>>();
            try (var follower = new ApiFollower(
                    "test",
                    () -> {
                        seen.set(informer.get().getStore().list().stream()
                                .map(service -> service.getMetadata().getName())
                                .collect(Collectors.toSet()));
                        return true;
                    },
                    TestApi.ample())) {
                informer.set(follower.follow(client.services().inAnyNamespace().runnableInformer(0)));
                // When
                follower.start();
                // Then
                Awaitility.await("what is there now")
                        .atMost(Duration.ofSeconds(20))
                        .until(() -> seen.get().equals(Set.of("checkout", "new")));
                assertThat(api.watches()).isGreaterThan(1);
                assertThat(follower.warnings()).isEmpty();
            }
        }
    }
}
