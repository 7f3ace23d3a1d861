package io.tombolo.dataplane.exchange;

import io.tombolo.dataplane.http1.HttpLimits;
import io.tombolo.dataplane.http2.Http2Limits;
import io.tombolo.dataplane.relay.RelayLimits;
import io.tombolo.dataplane.relay.RetryRule;
import io.tombolo.dataplane.upstream.PoolLimits;
import io.tombolo.model.routing.FailoverPolicy;
import io.tombolo.model.routing.Urgencies;
import io.tombolo.model.setting.Setting;
import io.tombolo.model.traffic.EjectionPolicy;
import io.tombolo.model.traffic.RetryBudget;
import java.time.Duration;
import java.util.Optional;

/**
 * How the outbound walk behaves.
 * @param requestTimeout from the whole request to its answer's head, unless the application says otherwise; 0 = no limit,
 *     else 10 ms to 24 h
 * @param retryBudget of each event loop, for services whose TrafficPolicy has none
 * @param maxHops a request that as many sidecars handed to applications before is refused as going in a circle; 1 to 100
 * @param standby service ports, the last used ones, for which each loop keeps a connection to the cluster that comes next;
 *     0 (none) to 1024
 * @param tcpIdle a relayed TCP connection on which nothing moves ends after one to two times this; 1 s to 24 h
 * @param tcpFlush what is left when it has ended may take so long to be taken; 100 ms to 10 min
 * @param cutSilentAfter requests that may not be sent twice, and answers that have begun, end when nothing came back by their path
 *     for so long; 100 ms to 10 min
 * @param openWithin how long a destination's sidecar may take to reach its application for a TCP connection; 10 ms to 1 min
 * @param urgency of calls that do not say one (RFC 9218): who is more urgent is shed later; 0 (the most urgent) to 7
 */
public record OutboundSettings(
        HttpLimits http,
        Http2Limits http2,
        PoolLimits pool,
        EjectionPolicy ejection,
        FailoverPolicy failover,
        RetryRule retries,
        RetryBudget retryBudget,
        Duration requestTimeout,
        int maxHops,
        int standby,
        Duration tcpIdle,
        Duration tcpFlush,
        Duration openWithin,
        Duration cutSilentAfter,
        int urgency) {
    /** All defaults; TCP connections may be silent for an hour, answers late by five minutes. */
    public static final OutboundSettings DEFAULT = new OutboundSettings(
            HttpLimits.DEFAULT,
            Http2Limits.DEFAULT,
            PoolLimits.DEFAULT,
            EjectionPolicy.DEFAULT,
            FailoverPolicy.DEFAULT,
            RetryRule.DEFAULT,
            RetryBudget.DEFAULT,
            Duration.ofMinutes(5),
            16,
            32,
            Duration.ofHours(1),
            RelayLimits.USUAL_FLUSH,
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Urgencies.USUAL);

    public OutboundSettings {
        Setting.check(
                requestTimeout.isZero() || (requestTimeout.toMillis() >= 10 && requestTimeout.toHours() <= 24),
                "outbound.request-timeout",
                requestTimeout,
                "10ms to 24h, or 0s for no limit");
        Setting.check(standby >= 0 && standby <= 1_024, "pool.standby", standby, "0 to 1024");
        Setting.check(maxHops >= 1 && maxHops <= 100, "outbound.max-hops", maxHops, "1 to 100");
        Setting.check(tcpIdle.toSeconds() >= 1 && tcpIdle.toHours() <= 24, "tcp.idle", tcpIdle, "1s to 24h");
        Setting.check(
                tcpFlush.toMillis() >= 100 && tcpFlush.toMinutes() <= 10,
                "tcp.flush-timeout",
                tcpFlush,
                "100ms to 10m");
        Setting.check(
                openWithin.toMillis() >= 10 && openWithin.toMinutes() <= 1,
                "outbound.open-timeout",
                openWithin,
                "10ms to 1m");
        Setting.check(
                cutSilentAfter.toMillis() >= 100 && cutSilentAfter.toMinutes() <= 10,
                "outbound.cut-silent-after",
                cutSilentAfter,
                "100ms to 10m");
        Setting.check(urgency >= 0 && urgency < Urgencies.COUNT, "outbound.urgency", urgency, "0 to 7");
    }

    /** Empty = for ever. */
    Optional<Duration> answerWithin() {
        return requestTimeout.isZero() ? Optional.empty() : Optional.of(requestTimeout);
    }
}
