package io.tombolo.dataplane.pick;

import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.traffic.Balance;
import io.tombolo.model.traffic.TrafficPolicy;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * How one request finds its instance.
 * @param key if it hashes: those with the same one go to the same instance
 */
record Turn(Balance balance, OptionalLong key, Duration slowStart) {
    /** Without a policy; what would be hashed is of no interest then. */
    private static final Turn USUAL = new Turn(Balance.DEFAULT, OptionalLong.empty(), Duration.ZERO);

    static Turn of(ProxyConfig config, ServiceName service, OptionalLong key) {
        return config.traffic(service).map(policy -> of(policy, key)).orElse(USUAL);
    }

    /** Without what it would hash it is like any other. */
    private static Turn of(TrafficPolicy policy, OptionalLong key) {
        boolean blind = policy.balance() instanceof Balance.Hash && key.isEmpty();
        return new Turn(blind ? Balance.DEFAULT : policy.balance(), key, policy.slowStart());
    }

    /** Whether only exactly the instance that is picked will do. */
    boolean isExact() {
        return balance instanceof Balance.Hash;
    }
}
