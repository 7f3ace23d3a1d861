package io.tombolo.sidecar.boot;

import io.tombolo.dataplane.admin.AdminAnswer;
import io.tombolo.dataplane.admin.AdminListener;
import io.tombolo.dataplane.admin.AdminPages;
import io.tombolo.dataplane.dns.ClusterNames;
import io.tombolo.dataplane.dns.DnsPort;
import io.tombolo.dataplane.enrol.Enroller;
import io.tombolo.dataplane.enrol.Identity;
import io.tombolo.dataplane.feed.CurrentConfig;
import io.tombolo.dataplane.feed.FeedClient;
import io.tombolo.dataplane.feed.Presence;
import io.tombolo.dataplane.loop.Loops;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.wire.file.DirectoryLock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What answers for names for a whole cluster: it serves no application and captures nothing. Start and stop block. */
final class NameService {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final int LEAST_WEIGHT = 1;

    private final DirectoryLock lock;
    private final Metrics metrics;
    private final CurrentConfig config = new CurrentConfig();
    private final Enroller enroller;
    private final FeedClient feed;
    private final DnsPort dns;
    private final AdminListener admin;
    private final Optional<AdminListener> health;
    private final Duration answersOn;
    private volatile boolean leaving;

    /** Everything up to listening: the identity first, then the ports. */
    NameService(Settings settings, Settings.ForCluster wanted, Loops loops) {
        this.metrics = new Metrics(settings.maxSeries());
        this.answersOn = settings.drain().acceptFor();
        this.lock = DirectoryLock.acquire(settings.stateDir());
        this.enroller = Enroller.open(settings.enrol(), CLOCK);
        demandAccount(enroller.identity().svid().id());
        // All of it at once: who asks first must not wait, and nobody may be there to ask.
        this.feed = new FeedClient(settings.feed(), presence(), enroller, config, Optional.empty(), metrics, CLOCK);
        this.dns = DnsPort.open(
                loops,
                wanted.listen(),
                settings.autoPorts(),
                new ClusterNames(config, CLOCK),
                settings.names().limits(),
                metrics);
        this.admin =
                AdminListener.open(loops, settings.admin(), settings.autoPorts(), settings.stateDir(), adminPages());
        this.health = wanted.health()
                .map(port -> AdminListener.health(loops, port, settings.autoPorts(), healthPages(), metrics));
    }

    /** A workload is told only what it may call: a cluster would lack all other names. */
    private static void demandAccount(SpiffeId id) {
        if (!SpiffeId.isNames(id.namespace(), id.account())) {
            throw new TomboloException(
                    Fault.WORKLOAD_TOKEN_REFUSED,
                    "identity " + id,
                    "is not told all names",
                    "run it as the service account dns of tombolo-system, or leave sidecar.dns.answers=cluster out");
        }
    }

    /** Begins to follow and to renew. */
    void start() {
        enroller.start(metrics);
        feed.report(InstanceState.READY);
        feed.start();
    }

    /** Not ready any more from now on, and answering while the cluster's network still leads here. */
    CompletableFuture<Void> drain() {
        leaving = true;
        feed.report(InstanceState.DRAINING);
        return new CompletableFuture<Void>().completeOnTimeout(null, answersOn.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Closes everything; call it after a drain. */
    void stop() {
        health.ifPresent(AdminListener::close);
        dns.close();
        admin.close();
        feed.close();
        enroller.close();
        lock.close();
    }

    Identity identity() {
        return enroller.identity();
    }

    int dnsPort() {
        return dns.address().getPort();
    }

    int adminPort() {
        return admin.port();
    }

    /** Empty if there is no port for the kubelet. */
    Optional<Integer> healthPort() {
        return health.map(AdminListener::port);
    }

    private static Presence presence() {
        String version = String.valueOf(NameService.class.getPackage().getImplementationVersion());
        return new Presence(List.of(), version, List.of(), "", LEAST_WEIGHT, Optional.empty(), false);
    }

    private AdminPages adminPages() {
        return healthPages().apart("GET /metrics", () -> AdminAnswer.metrics(metrics.text()));
    }

    private AdminPages healthPages() {
        return new AdminPages()
                .open("GET /healthz", () -> AdminAnswer.text(200, "ok"))
                .open("GET /readyz", this::readiness);
    }

    private AdminAnswer readiness() {
        if (leaving) {
            return AdminAnswer.text(503, "leaving");
        }
        return config.get().version() > 0 ? AdminAnswer.text(200, "ready") : AdminAnswer.text(503, "no configuration");
    }
}
