package io.tombolo.controller.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.name.ServiceName;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AddressLimitsTest {
    private static ServiceName service(int number) {
        return new ServiceName("ns-" + number % 2, "s-" + number);
    }

    @Test
    void whoHasAnAddressKeepsItButNotWithMorePortsThanThereIsRoomFor() {
        // Given
        var limits = new AddressLimits(10, 10);
        Map<ServiceName, Integer> having = Map.of(service(1), 1, service(3), 6);
        // When the first gets more ports, and another one comes
        Map<ServiceName, Integer> wanted = Map.of(service(1), 5, service(3), 6, service(5), 4);
        // Then
        assertThat(limits.leftOut(wanted, having)).isEqualTo(Map.of(service(1), AddressLimits.Limit.PORTS));
    }

    /** The law, over many clusters of any size. */
    @Test
    void noLimitIsExceededAndWhoStaysAsHeIsKeepsWhatHeHas() {
        var random = new Random(3);
        for (int round = 0; round < 500; round++) {
            // Given what fits
            var limits = new AddressLimits(random.nextInt(1, 12), random.nextInt(1, 40));
            Map<ServiceName, Integer> before = services(random);
            before.keySet().removeAll(limits.leftOut(before, Map.of()).keySet());
            // When
            Map<ServiceName, Integer> wanted = services(random);
            Set<ServiceName> left = limits.leftOut(wanted, before).keySet();
            // Then
            before.forEach((name, ports) -> {
                if (ports.equals(wanted.get(name))) {
                    assertThat(left).doesNotContain(name);
                }
            });
            wanted.keySet().removeAll(left);
            assertThat(wanted).as("round %d", round).hasSizeLessThanOrEqualTo(limits.services());
            for (String namespace : Set.of("ns-0", "ns-1")) {
                assertThat(wanted.entrySet().stream()
                                .filter(one -> one.getKey().namespace().equals(namespace))
                                .mapToInt(Map.Entry::getValue)
                                .sum())
                        .as("round %d", round)
                        .isLessThanOrEqualTo(limits.ports());
            }
        }
    }

    private static Map<ServiceName, Integer> services(Random random) {
        Map<ServiceName, Integer> services = new HashMap<>();
        for (int i = 0; i < random.nextInt(20); i++) {
            services.put(service(random.nextInt(15)), random.nextInt(1, 12));
        }
        return services;
    }
}
