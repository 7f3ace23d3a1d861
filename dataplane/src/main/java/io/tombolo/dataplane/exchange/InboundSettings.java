package io.tombolo.dataplane.exchange;

import io.tombolo.dataplane.hello.HelloLimits;
import io.tombolo.dataplane.http1.HttpLimits;
import io.tombolo.dataplane.http2.Http2Limits;
import io.tombolo.dataplane.upstream.PoolLimits;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.setting.Setting;
import java.time.Duration;
import java.util.Map;

/**
 * How the inbound walk behaves.
 * @param instance      this process
 * @param apps          where the application behind each offered port listens
 * @param hello         how large and slow a ClientHello may be, and how slow the caller whom a gateway hands over
 * @param appPool       to the application
 * @param maxConcurrent requests and TCP connections that the application works on at once; 1 to 1000000
 * @param tcpIdle       a relayed TCP connection on which nothing moves ends after one to two times this; 1 s to 24 h
 * @param tcpFlush      what is left when it has ended may take so long to be taken; 100 ms to 10 min
 */
public record InboundSettings(
        InstanceId instance,
        Map<ServicePort, HostPort> apps,
        HelloLimits hello,
        HttpLimits http,
        Http2Limits http2,
        PoolLimits appPool,
        int maxConcurrent,
        Duration tcpIdle,
        Duration tcpFlush) {
    /** Requests in work unless configured. */
    public static final int DEFAULT_MAX_CONCURRENT = 1_024;

    public InboundSettings {
        apps = Map.copyOf(apps);
        Setting.check(
                maxConcurrent >= 1 && maxConcurrent <= 1_000_000,
                "inbound.max-concurrent",
                maxConcurrent,
                "1 to 1000000");
        Setting.check(tcpIdle.toSeconds() >= 1 && tcpIdle.toHours() <= 24, "tcp.idle", tcpIdle, "1s to 24h");
        Setting.check(
                tcpFlush.toMillis() >= 100 && tcpFlush.toMinutes() <= 10,
                "tcp.flush-timeout",
                tcpFlush,
                "100ms to 10m");
    }
}
