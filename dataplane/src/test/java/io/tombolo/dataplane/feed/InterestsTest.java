package io.tombolo.dataplane.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.name.ServiceName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class InterestsTest {
    private static final ServiceName CART = new ServiceName("shop", "cart");
    private static final ServiceName CHECKOUT = new ServiceName("shop", "checkout");
    private static final ServiceName LEDGER = new ServiceName("bank", "ledger");

    private final List<Set<ServiceName>> told = new ArrayList<>();

    private Interests interests(int most, ServiceName... always) {
        var interests = new Interests(new Interests.Limits(Duration.ofMinutes(30), most), Set.of(always));
        interests.onChange(told::add);
        return interests;
    }

    private static long minutes(long minutes) {
        return Duration.ofMinutes(minutes).toNanos();
    }

    @Test
    void aServiceThatIsCalledForTheFirstTimeIsSaidOnce() {
        // Given
        Interests interests = interests(10, LEDGER);
        // When
        interests.used(CART, 0);
        interests.used(CART, minutes(1));
        interests.used(LEDGER, minutes(1));
        // Then
        assertThat(told).containsExactly(Set.of(CART, LEDGER));
    }

    @Test
    void whatIsNotCalledForHalfAnHourIsForgottenButForWhatIsKept() {
        // Given
        Interests interests = interests(10, LEDGER);
        interests.keepWhile(CHECKOUT::equals);
        interests.used(CART, 0);
        interests.used(CHECKOUT, 0);
        // When
        interests.look(minutes(30));
        Set<ServiceName> inTime = interests.services();
        interests.look(minutes(31));
        // Then
        assertThat(inTime).containsExactlyInAnyOrder(CART, CHECKOUT, LEDGER);
        assertThat(interests.services()).containsExactlyInAnyOrder(CHECKOUT, LEDGER);
        assertThat(told).last().isEqualTo(Set.of(CHECKOUT, LEDGER));
    }

    @Test
    void useKeepsAServiceHoweverOften() {
        Interests interests = interests(10);
        for (long minute = 0; minute < 300; minute += 20) {
            interests.used(CART, minutes(minute));
            interests.look(minutes(minute));
        }
        assertThat(interests.services()).containsExactly(CART);
    }

    @Test
    void beyondTheLimitNobodyIsAskedForAndNobodyWaits() {
        // Given
        Interests interests = interests(1);
        CompletableFuture<Void> first = interests.require(CART, 0);
        // When
        CompletableFuture<Void> second = interests.require(CHECKOUT, 0);
        // Then
        assertThat(second).isDone();
        assertThat(first).isNotDone();
        assertThat(interests.services()).containsExactly(CART);
        first.join();
    }

    @Test
    void whatWasInUseBeforeARestartIsAskedForFromTheBeginning() {
        Interests interests = interests(10);
        interests.resume(List.of(CART, CHECKOUT), 0);
        assertThat(interests.services()).containsExactlyInAnyOrder(CART, CHECKOUT);
        assertThat(told).isEmpty();
    }
}
