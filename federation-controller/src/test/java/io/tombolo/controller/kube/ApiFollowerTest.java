package io.tombolo.controller.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ExceptionHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApiFollowerTest {
    private boolean watching = true;
    private boolean done = true;
    private @Nullable ExceptionHandler handler;
    private final AtomicLong nanos = new AtomicLong();
    private final Map<String, Integer> asked = new TreeMap<>();
    private String version = "1";
    private Look look = () -> done;
    private final ApiFollower follower = new ApiFollower("test", () -> look.done(), TestApi.perSecond(10, nanos::get));

    /** May be another one each time. */
    private interface Look {
        boolean done();
    }

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
        done = follower.did("it", "1", () -> {
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

    /** Wants to change objects of these numbers. @param answers what the API server says to one of them; 0 = it does it */
    private void wants(int first, int last, IntUnaryOperator answers) {
        look = () -> {
            boolean all = true;
            for (int number = first; number <= last; number++) {
                int code = answers.applyAsInt(number);
                String name = "object-" + number;
                all &= follower.did(name, version, () -> {
                    asked.merge(name, 1, Integer::sum);
                    if (code != 0) {
                        throw new KubernetesClientException("no", code, null);
                    }
                });
            }
            return all;
        };
    }

    /** @return the seconds, from the one that comes, at which it was asked for anything */
    private List<Long> looksEachSecondFor(int seconds) {
        var at = new ArrayList<Long>();
        for (long second = 0; second < seconds; second++) {
            int before = asks();
            follower.look();
            if (asks() > before) {
                at.add(second);
            }
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        }
        return at;
    }

    private int asks() {
        return asked.values().stream().mapToInt(one -> one).sum();
    }

    @Test
    void whatTheApiServerRefusesItIsAskedForLessAndLessOften() {
        // Given
        follows();
        wants(1, 1, _ -> 403);
        // When, then
        assertThat(looksEachSecondFor(3600))
                .startsWith(0L, 2L, 6L, 14L, 30L, 60L, 90L, 120L)
                .hasSize(123);
    }

    @Test
    void howeverManyAreRefusedFiveInASecondAreTriedAgain() {
        // Given
        follows();
        wants(1, 300, _ -> 403);
        looksEachSecondFor(60);
        int before = asks();
        // When
        looksEachSecondFor(300);
        // Then
        assertThat(asks() - before).isBetween(1_400, 1_510);
    }

    @Test
    void whatIsRefusedKeepsNoOtherFromBeingMade() {
        // Given
        follows();
        wants(1, 4, number -> number == 4 ? 0 : 422);
        // When
        follower.look();
        // Then
        assertThat(asked).hasSize(4);
    }

    @Test
    void whenOneOfThoseThatWereRefusedIsMadeAllOthersAreAskedForAtOnce() {
        // Given four that wait until second 60, and one until 59
        follows();
        wants(2, 5, _ -> 403);
        looksEachSecondFor(29);
        wants(1, 5, _ -> 403);
        looksEachSecondFor(15);
        int before = asks();
        // When the right is there
        wants(1, 5, _ -> 0);
        // Then
        assertThat(looksEachSecondFor(16)).containsExactly(15L);
        assertThat(asks() - before).isEqualTo(5);
    }

    /** The watch is behind, for a moment or because the change was none. */
    @Test
    void whatWasMadeIsNotAskedForAgainBeforeItsObjectIsAnotherOne() {
        // Given
        follows();
        wants(1, 1, _ -> 0);
        // When, then
        assertThat(looksEachSecondFor(15)).containsExactly(0L, 10L);
        // When
        version = "2";
        // Then
        assertThat(looksEachSecondFor(5)).containsExactly(0L);
    }

    @Test
    void noMoreChangesAreAskedForThanMayBeInASecond() {
        // Given
        follows();
        wants(1, 100, _ -> 0);
        // When
        follower.look();
        // Then what two seconds allow
        assertThat(asked).hasSize(20);
        // When
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        wants(21, 100, _ -> 0);
        follower.look();
        // Then
        assertThat(asked).hasSize(30);
        assertThat(follower.warnings()).isEmpty();
    }

    @Test
    void whoDoesNotAnswerThreeTimesIsAskedForNothingMoreInThisLook() {
        // Given
        follows();
        wants(1, 10, _ -> 503);
        // When
        follower.look();
        // Then
        assertThat(asked.keySet()).containsExactly("object-1", "object-2", "object-3");
        assertThat(follower.warnings()).isNotEmpty();
    }

    @Test
    void oddOnesThatNobodyCanAskForKeepNoOtherFromBeingMadeForLong() {
        // Given
        follows();
        wants(1, 8, number -> number <= 5 ? 429 : 0);
        // When
        looksEachSecondFor(5);
        // Then
        assertThat(asked).containsKeys("object-6", "object-7", "object-8");
    }
}
