package io.tombolo.controller.boot;

import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.view.CatalogView;
import io.tombolo.controller.failover.DecisionLoop;
import io.tombolo.controller.failover.Known;
import io.tombolo.controller.failover.KnownTargets;
import io.tombolo.controller.health.EndpointChecks;
import io.tombolo.controller.health.HealthSource;
import io.tombolo.controller.identity.Membership;
import io.tombolo.controller.importing.ImportSettings;
import io.tombolo.controller.importing.Imports;
import io.tombolo.controller.importing.ImportsBefore;
import io.tombolo.controller.join.Authority;
import io.tombolo.controller.join.BackboneRenewal;
import io.tombolo.controller.join.FederatedRooms;
import io.tombolo.controller.join.KeyRotation;
import io.tombolo.controller.join.StandingWatch;
import io.tombolo.controller.join.Vouching;
import io.tombolo.controller.kube.EndpointNews;
import io.tombolo.controller.kube.ImportNews;
import io.tombolo.controller.publish.OwnAcks;
import io.tombolo.controller.publish.OwnCatalog;
import io.tombolo.model.catalog.AddressRules;
import io.tombolo.model.catalog.MemberState;
import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.routing.FailoverRule;
import io.tombolo.model.routing.RuleScope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What runs while this cluster is a member: its log, its own records, its health, its proxies' feed. */
final class MemberRooms implements FederatedRooms {
    private static final Logger LOG = LoggerFactory.getLogger(MemberRooms.class);
    private static final long GATHER_MILLIS = 20;
    private static final long TICK_SECONDS = 1;
    private static final int MOST_NAMED = 20;

    private final Rooms rooms;
    private final Membership own;
    private final MemberLog log;
    private final Optional<Authority> authority;
    private final OwnCatalog ownCatalog;
    private final HealthSource health;
    private final EndpointChecks checks;
    private final BackboneRenewal renewal;
    private final StandingWatch standing;
    private final KeyRotation rotation;
    private final Vouching vouching;
    private final Runnable ended;
    private final OwnAcks acks;
    private final DecisionLoop deciding;
    private final ImportsBefore importsBefore = new ImportsBefore();
    private final AtomicBoolean dirty = new AtomicBoolean();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("own-catalog").factory());
    private @Nullable Thread catchingUp;
    private String lastFault = "";
    private volatile Standing over = Standing.JOINED;

    /** @param ended called once when the members say that this cluster is none any more */
    MemberRooms(
            Rooms rooms,
            Membership own,
            MemberLog log,
            Optional<Authority> authority,
            OwnCatalog ownCatalog,
            HealthSource health,
            BackboneRenewal renewal,
            StandingWatch standing,
            KeyRotation rotation,
            Vouching vouching,
            Runnable ended) {
        this.rooms = rooms;
        this.own = own;
        this.log = log;
        this.authority = authority;
        this.ownCatalog = ownCatalog;
        this.health = health;
        this.checks = new EndpointChecks(
                rooms.exporter()::current,
                rooms.endpoints(),
                new AddressRules(rooms.settings().dialing().allowLoopback()),
                EndpointChecks.INTERVAL);
        this.renewal = renewal;
        this.standing = standing;
        this.rotation = rotation;
        this.vouching = vouching;
        this.ended = ended;
        this.acks = new OwnAcks(log.writer(), own.cluster());
        this.deciding = new DecisionLoop(this::known, rooms.decisions(), rooms.history(), rooms.sessions()::refresh);
    }

    void start() {
        log.feed().addListener(this::viewChanged);
        changed();
        health.start();
        checks.start();
        renewal.start();
        standing.start();
        rotation.start();
        deciding.start();
        var _ = thread.scheduleWithFixedDelay(this::tick, TICK_SECONDS, TICK_SECONDS, TimeUnit.SECONDS);
        authority.ifPresent(
                self -> catchingUp = Thread.ofVirtual().name("authority").start(self::catchUp));
    }

    MemberLog log() {
        return log;
    }

    /** For another replica. */
    Vouching vouching() {
        return vouching;
    }

    OwnCatalog ownCatalog() {
        return ownCatalog;
    }

    Membership membership() {
        return own;
    }

    Imports imports() {
        return new Imports(
                importSettings(rooms, own),
                log.feed().current(),
                rooms.exporter().current());
    }

    /** For Kubernetes: where the services are that it knows as {@code exports}. */
    EndpointNews.Known endpoints(ImportNews.Known exports) {
        CatalogView view = log.feed().current();
        Duration lease =
                rooms.settings().freshness().leaseOf(view.members().admitted().size());
        return new KnownEndpoints(view, KnownEndpoints.up(rooms.paths().best()), lease, Instant.now())
                .of(exports, rooms.exporter().current().all());
    }

    /** What calls are divided by; empty until the log is known. */
    Optional<Known> known() {
        if (!log.feed().ready()) {
            return Optional.empty();
        }
        CatalogView view = log.feed().current();
        var targets = new KnownTargets(
                own.cluster(),
                rooms.settings().cluster().locality(),
                view,
                rooms.paths().best(),
                rooms.evacuations().counting(view),
                Instant.now());
        double jitter = Math.floorMod(own.cluster().hashCode(), 1_000) / 1_000.0;
        return Optional.of(new Known(
                targets,
                imports().all(importsBefore),
                rules(rooms, own, view),
                rooms.policies().read(view),
                rooms.demand(),
                jitter));
    }

    /** Policies that count for this cluster's calls: its own, and those of other authorities. */
    static List<FailoverRule> rules(Rooms rooms, Membership own, CatalogView view) {
        return Stream.concat(
                        rooms.exporter().current().failoverRules().stream()
                                .filter(rule -> own.authority() || !(rule.scope() instanceof RuleScope.Federation)),
                        rooms.policies().read(view).rules().stream())
                .toList();
    }

    /** What divides calls over clusters changed. Safe on any thread; never blocks. */
    void redecide() {
        deciding.changed();
    }

    static ImportSettings importSettings(Rooms rooms, Membership own) {
        return new ImportSettings(
                own,
                rooms.settings().cluster().locality(),
                rooms.proxiesAddress(),
                rooms.settings().dialing());
    }

    /** A local change: own records follow soon. Safe on any thread; never blocks. */
    void changed() {
        if (dirty.compareAndSet(false, true) && !thread.isShutdown()) {
            var _ = thread.schedule(this::sync, GATHER_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void sync() {
        dirty.set(false);
        try {
            ownCatalog.sync();
            if (log.feed().ready()) {
                acks.offer(log.feed().current().acks(), System.nanoTime());
            }
            deciding.changed();
            lastFault = "";
        } catch (RuntimeException failed) {
            String fault = String.valueOf(failed.getMessage());
            if (!fault.equals(lastFault)) {
                lastFault = fault;
                LOG.atWarn().addKeyValue("fault", fault).log("own records were not written yet");
            }
        }
    }

    /** Time alone changes freshness, and who has been away for too long. */
    private void tick() {
        rooms.proxies().sweep(System.nanoTime());
        remember(() -> rooms.knownProxies().write(rooms.proxies().all()));
        remember(rooms.policies()::write);
        rooms.evacuations().sweep(Instant.now());
        changed();
        rooms.sessions().refresh();
    }

    /** What is not on disk the next start has to learn anew; it must not end this thread. */
    private static void remember(Runnable write) {
        try {
            write.run();
        } catch (TomboloException failed) {
            LOG.atWarn().addKeyValue("fault", failed.getMessage()).log("what was learned is not on disk");
        }
    }

    private void viewChanged(CatalogView view) {
        rooms.services().are(view.merged());
        deciding.changed();
        rooms.sessions().refresh();
        changed();
        view.members()
                .member(own.cluster())
                .filter(self -> self.epoch() > own.epoch() || self.state() != MemberState.ADMITTED)
                .ifPresent(this::end);
    }

    private void end(Payload.Member self) {
        if (over == Standing.JOINED) {
            over = self.state() == MemberState.LEFT ? Standing.LEFT : Standing.EVICTED;
            LOG.atError().addKeyValue("state", over).log("this cluster is no member any more");
            Thread.ofVirtual().name("end-of-membership").start(ended);
        }
    }

    @Override
    public Standing standing() {
        if (over != Standing.JOINED) {
            return over;
        }
        return switch (log.writer().state().phase()) {
            case CLONED -> Standing.CLONED;
            case FENCED -> Standing.FENCED;
            case CONNECTING, WRITING, CLOSED -> Standing.JOINED;
        };
    }

    @Override
    public Optional<Authority> authority() {
        return authority;
    }

    @Override
    public KeyRotation rotation() {
        return rotation;
    }

    @Override
    public boolean verified() {
        return log.feed().caughtUp();
    }

    @Override
    public Pairs pairs() {
        Set<String> up = rooms.paths().best().stream()
                .filter(path -> path.state() == PathHealth.State.UP)
                .map(path -> path.gateway().value())
                .collect(Collectors.toSet());
        CatalogView view = log.feed().current();
        List<String> unproven = new ArrayList<>();
        int proven = 0;
        boolean gatewayHere = rooms.proxies().all().stream()
                .anyMatch(proxy ->
                        proxy.registration().role().equals(new io.tombolo.controller.tokens.ProxyRole.Gateway()));
        if (!gatewayHere && view.members().admitted().size() > 1) {
            unproven.add("this cluster has no gateway yet: see `tombolo gateway run --help`");
        }
        for (var origin : view.origins()) {
            if (!origin.cluster().equals(own.cluster())) {
                for (var gateway : origin.gateways()) {
                    if (up.contains(gateway.instance().value())) {
                        proven++;
                    } else if (unproven.size() < MOST_NAMED) {
                        unproven.add(origin.cluster() + " gateway " + gateway.instance());
                    }
                }
            }
        }
        return new Pairs(gatewayHere, proven, unproven);
    }

    @Override
    public void close() {
        Ending.inOrder(
                thread::shutdownNow,
                deciding::close,
                () -> Optional.ofNullable(catchingUp).ifPresent(Thread::interrupt),
                checks::close,
                health::close,
                renewal::close,
                standing::close,
                rotation::close,
                log::close);
    }
}
