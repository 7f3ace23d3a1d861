package io.tombolo.dataplane.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.catalog.AddressRange;
import io.tombolo.model.name.Callee;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServiceName;
import java.net.Inet4Address;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VipPlacesTest {
    private static final long REST_NANOS = VipPlaces.REST.toNanos();

    /** 14 addresses. */
    private static final VipRange TINY = new VipRange(AddressRange.parse("127.64.14.0/28"));

    private static Callee service(int number) {
        return new Callee.Anyone(new ServiceName("shop", "s" + number));
    }

    private static Callee instance(int number) {
        return new Callee.One(new ServiceName("shop", "mysql"), new ClusterId("west"), InstanceId.of(number));
    }

    @Test
    void whatWasGivenBackIsNobodyElsesWhileSomebodyMayRememberIt() {
        // Given all addresses in use
        var places = new VipPlaces(TINY);
        List<Callee> all =
                IntStream.range(0, 14).mapToObj(VipPlacesTest::service).toList();
        all.forEach(callee -> assertThat(places.take(callee, 0)).isPresent());
        Inet4Address address = places.take(all.getFirst(), 0).orElseThrow();
        // When one is given back
        places.giveBack(all.getFirst(), 0);
        // Then
        assertThat(places.take(service(99), REST_NANOS - 1)).isEmpty();
        assertThat(places.resting()).isEqualTo(1);
        // When whoever had it comes back
        assertThat(places.take(all.getFirst(), REST_NANOS - 1)).contains(address);
        places.giveBack(all.getFirst(), REST_NANOS);
        // Then it rests anew
        assertThat(places.take(service(99), 2 * REST_NANOS - 1)).isEmpty();
        assertThat(places.take(service(99), 2 * REST_NANOS)).contains(address);
        assertThat(places.take(all.getFirst(), 2 * REST_NANOS)).isEmpty();
    }

    @Test
    void instancesLeaveHalfOfTheRangeToServices() {
        // Given
        var places = new VipPlaces(TINY);
        // When, then
        for (int number = 0; number < 7; number++) {
            assertThat(places.take(instance(number), 0)).isPresent();
        }
        assertThat(places.take(instance(7), 0)).isEmpty();
        // When one is gone, its address is still in nobody's hands
        places.giveBack(instance(0), 0);
        assertThat(places.take(instance(7), 1)).isEmpty();
        assertThat(places.take(instance(7), REST_NANOS)).isPresent();
        // Then
        for (int number = 0; number < 7; number++) {
            assertThat(places.take(service(number), 0)).isPresent();
        }
    }

    /** Whatever comes and goes: an address has one callee at a time, and rests before it has another one. */
    @Test
    void noAddressChangesHandsWithoutARest() {
        for (int seed = 0; seed < 200; seed++) {
            var random = new SplittableRandom(seed);
            var watched = new Watched();
            for (int step = 0; step < 200; step++) {
                watched.nowNanos += random.nextLong(TimeUnit.MINUTES.toNanos(3));
                int number = random.nextInt(12);
                Callee callee = random.nextBoolean() ? service(number) : instance(number);
                if (random.nextInt(3) == 0) {
                    watched.givesBack(callee);
                } else {
                    watched.takes(callee);
                }
            }
        }
    }

    /** Places, and who had them last until when. */
    private static final class Watched {
        private final VipPlaces places = new VipPlaces(TINY);
        private final Map<Inet4Address, Callee> last = new HashMap<>();
        private final Map<Inet4Address, Long> backNanos = new HashMap<>();
        private long nowNanos;

        void givesBack(Callee callee) {
            last.forEach((address, whose) -> {
                if (whose.equals(callee)) {
                    backNanos.putIfAbsent(address, nowNanos);
                }
            });
            places.giveBack(callee, nowNanos);
        }

        void takes(Callee callee) {
            places.take(callee, nowNanos).ifPresent(address -> {
                Callee before = last.put(address, callee);
                if (before != null && !before.equals(callee)) {
                    assertThat(backNanos).as("it was given back").containsKey(address);
                    assertThat(nowNanos - backNanos.getOrDefault(address, nowNanos))
                            .isGreaterThanOrEqualTo(REST_NANOS);
                }
                backNanos.remove(address);
            });
        }
    }
}
