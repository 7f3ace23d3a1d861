package io.tombolo.dataplane.session;

import io.tombolo.dataplane.accept.Accepted;
import io.tombolo.dataplane.accesslog.AccessLog;
import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.dataplane.metrics.Counter;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.dataplane.pick.InstancePick;
import io.tombolo.dataplane.pick.Loads;
import io.tombolo.dataplane.probe.ProbeAnswerer;
import io.tombolo.dataplane.relay.RelayLimits;
import io.tombolo.dataplane.relay.Relayed;
import io.tombolo.dataplane.splice.Splicing;
import io.tombolo.dataplane.terminate.Terminate;
import io.tombolo.dataplane.upstream.AddressDialer;
import io.tombolo.model.fault.Fault;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** What all sessions of one gateway share. Safe on every loop. */
public final class Passthrough {
    private final Supplier<ProxyConfig> config;
    private final SessionSettings settings;
    private final Loads loads = new Loads();
    private final InstancePick pick;
    private final AddressDialer dialer;
    private final ProbeAnswerer probes;
    private final Terminate terminate;
    private final Metrics metrics;
    private final AccessLog accessLog;
    private final Relayed relayed;
    private final Splicing splicing;
    private final RelayLimits relays;
    private final AtomicInteger active = new AtomicInteger();

    /**
     * Makes it ready.
     * @param terminate takes what is not to be passed through
     */
    public Passthrough(
            Supplier<ProxyConfig> config,
            SessionSettings settings,
            AddressDialer dialer,
            ProbeAnswerer probes,
            Terminate terminate,
            Metrics metrics,
            AccessLog accessLog) {
        this.config = config;
        this.settings = settings;
        this.pick = new InstancePick(loads, new SplittableRandom());
        this.dialer = dialer;
        this.probes = probes;
        this.terminate = terminate;
        this.metrics = metrics;
        this.accessLog = accessLog;
        this.relayed = new Relayed(metrics);
        this.relays = RelayLimits.of(settings.relayIdle(), settings.relayFlush(), metrics);
        this.splicing = splicing(
                settings.splice(),
                metrics.counter("tombolo_relay_spliced_bytes_total", "Of these, what was moved by the kernel."));
    }

    private static Splicing splicing(boolean on, Counter bytes) {
        return on ? Splicing.whenNeeded(bytes::add) : Splicing.OFF;
    }

    /** Connections that are not only probes: what a drain waits for. */
    public int active() {
        return active.get() + terminate.active();
    }

    /** Begins the session of a connection that came in, on its loop. */
    public void begin(Accepted accepted) {
        new PassthroughSession(this, accepted).begin();
    }

    void sessionBegan() {
        active.incrementAndGet();
    }

    void sessionDone() {
        active.decrementAndGet();
    }

    ProxyConfig config() {
        return config.get();
    }

    SessionSettings settings() {
        return settings;
    }

    Loads loads() {
        return loads;
    }

    InstancePick pick() {
        return pick;
    }

    AddressDialer dialer() {
        return dialer;
    }

    Terminate terminate() {
        return terminate;
    }

    ProbeAnswerer probes() {
        return probes;
    }

    Splicing splicing() {
        return splicing;
    }

    RelayLimits relays() {
        return relays;
    }

    AccessLog accessLog() {
        return accessLog;
    }

    void countRefusal(Fault why) {
        metrics.fault(why).increment();
    }

    Relayed relayed() {
        return relayed;
    }
}
