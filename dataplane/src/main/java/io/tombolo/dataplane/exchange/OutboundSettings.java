package io.tombolo.dataplane.exchange;

import io.tombolo.dataplane.http1.HttpLimits;
import io.tombolo.dataplane.outcome.EjectionPolicy;
import io.tombolo.dataplane.relay.RetryRule;
import io.tombolo.dataplane.upstream.PoolLimits;
import io.tombolo.model.routing.FailoverPolicy;
import io.tombolo.model.setting.Setting;
import java.time.Duration;

/**
 * How the outbound walk behaves.
 * @param tcpIdle a relayed TCP connection on which nothing moves ends after one to two times this; 1 s to 24 h
 */
public record OutboundSettings(
        HttpLimits http,
        PoolLimits pool,
        EjectionPolicy ejection,
        FailoverPolicy failover,
        RetryRule retries,
        Duration tcpIdle) {
    /** All defaults; TCP connections may be silent for an hour. */
    public static final OutboundSettings DEFAULT = new OutboundSettings(
            HttpLimits.DEFAULT,
            PoolLimits.DEFAULT,
            EjectionPolicy.DEFAULT,
            FailoverPolicy.DEFAULT,
            RetryRule.DEFAULT,
            Duration.ofHours(1));

    public OutboundSettings {
        Setting.check(tcpIdle.toSeconds() >= 1 && tcpIdle.toHours() <= 24, "tcp.idle", tcpIdle, "1s to 24h");
    }
}
